from __future__ import annotations

from collections.abc import Sequence

from engine.domain.knowledge import BlockKind
from ingestion.parsers.pdf_layout import without_running_lines, write_lines
from ingestion.parsers.pdf_lines import Line, Segment
from ingestion.parsers.pieces import Piece
from ingestion.parsers.writer import PieceWriter

FULL = 500.0


def line(text: str, y: float, *, x1: float = FULL, size: float = 10.0, page: int = 1, weight: int = 400) -> Line:
    return Line((Segment(text, 50.0, x1, weight),), page, y, size, y / 800)


def pieces(lines: Sequence[Line]) -> list[Piece]:
    writer = PieceWriter()
    write_lines(lines, writer)
    return writer.pieces


def texts(*lines: Line) -> list[str]:
    return [piece.text for piece in pieces(lines)]


BODY = [line("A long line of running text that goes to the right edge and", 700 - 13 * at) for at in range(6)]


def test_lines_of_a_paragraph_are_joined() -> None:
    assert texts(line("The kettle remembers", 700), line("the last setting.", 687, x1=200)) == [
        "The kettle remembers the last setting."
    ]


def test_a_wider_gap_begins_a_paragraph() -> None:
    assert len(texts(*BODY, line("Another paragraph.", 600))) == 2


def test_a_short_line_ends_a_paragraph() -> None:
    assert texts(line("It stops here.", 700, x1=150), line("Next paragraph goes on to the edge.", 687)) == [
        "It stops here.",
        "Next paragraph goes on to the edge.",
    ]


def test_a_sentence_goes_on_in_a_narrow_frame() -> None:
    frame = [line("please see a doctor", 600, x1=300), line("first and then call us.", 587, x1=250)]
    assert texts(*BODY, *frame)[-1] == "please see a doctor first and then call us."


def test_chinese_lines_are_joined_without_a_space() -> None:
    assert texts(line("清洗水箱之前请先关机并拔掉电源插头，等机器", 700), line("冷却。", 687, x1=100)) == [
        "清洗水箱之前请先关机并拔掉电源插头，等机器冷却。"
    ]


def test_hyphenated_words_are_made_whole() -> None:
    assert texts(line("a conven-", 700), line("ient place", 687, x1=120)) == ["a convenient place"]


def test_larger_lines_are_headings_by_size() -> None:
    found = pieces([line("Title", 760, size=22, x1=120), line("Part", 730, size=14, x1=100), *BODY])
    assert [(piece.kind, piece.level) for piece in found] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_a_heading_over_two_lines_is_one() -> None:
    found = pieces([line("A very long", 760, size=22, x1=300), line("title", 735, size=22, x1=120), *BODY])
    assert (found[0].kind, found[0].text) == (BlockKind.HEADING, "A very long title")


def test_bolder_lines_are_headings_unless_they_are_sentences() -> None:
    found = pieces([line("Cleaning", 760, weight=700, x1=120), *BODY, line("Never open it.", 600, weight=700, x1=150)])
    assert [piece.kind for piece in found] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_large_numbers_are_no_headings() -> None:
    assert pieces([line("2026", 760, size=30, x1=90), *BODY])[0].kind is BlockKind.PARAGRAPH


def test_list_items_begin_with_their_markers() -> None:
    found = pieces(
        [
            line("1. Pull the plug and wait until it has cooled down well", 700),
            line("before you open it.", 687, x1=200),
            line("2. Wait.", 674, x1=120),
            line("• a bullet", 661, x1=120),
            line("(3) three", 648, x1=120),
            line("3.1 is no item", 635, x1=120),
        ]
    )
    assert [piece.text for piece in found] == [
        "1. Pull the plug and wait until it has cooled down well before you open it.",
        "2. Wait.",
        "- a bullet",
        "(3) three",
        "3.1 is no item",
    ]
    assert [piece.kind for piece in found] == [BlockKind.LIST_ITEM] * 4 + [BlockKind.PARAGRAPH]


def test_a_paragraph_goes_on_over_the_page() -> None:
    found = pieces([*BODY, line("which goes on here.", 760, page=2, x1=200), line("New one on page two.", 700, page=2)])
    assert [piece.page for piece in found] == [1, 2]
    assert found[0].text.endswith("the right edge and which goes on here.")


def test_a_finished_paragraph_does_not() -> None:
    last = line("This sentence ends at the right edge of the page.", 622)
    assert len(texts(*BODY, last, line("Next page.", 760, page=2))) == 2


def test_tables_are_found_between_paragraphs() -> None:
    rows = [
        Line((Segment(a, 50, 90, 400), Segment(b, 200, 260, 400)), 1, y, 10.0, 0.5)
        for a, b, y in (("Power", "1,500 W", 600), ("Lead", "0.8 m", 587))
    ]
    found = pieces([*BODY, *rows, line("Behind the table it goes on.", 560)])
    assert [piece.kind for piece in found[-3:]] == [BlockKind.TABLE_ROW, BlockKind.TABLE_ROW, BlockKind.PARAGRAPH]
    assert found[-3].text == "Power: 1,500 W"


def page(number: int, footer: str = "", header: str = "") -> list[Line]:
    body = line(f"Text of page {number}", 400, page=number)
    return [
        *([line(header, 780, page=number)] if header else []),
        body,
        *([line(footer, 20, page=number)] if footer else []),
    ]


def test_running_headers_and_page_numbers_are_dropped() -> None:
    pages = [page(number, footer=f"Page {number} of 3", header="Cora C1 manual") for number in (1, 2, 3)]
    assert [each.text for each in without_running_lines(pages)] == [f"Text of page {number}" for number in (1, 2, 3)]


def test_what_stands_in_the_margin_once_stays() -> None:
    pages = [page(1, footer="See the recall notice"), page(2), page(3)]
    assert "See the recall notice" in [each.text for each in without_running_lines(pages)]


def test_what_repeats_in_the_text_stays() -> None:
    pages = [[line("Same words on each page", 400, page=number)] for number in (1, 2, 3)]
    assert len(without_running_lines(pages)) == 3


def test_a_single_page_loses_nothing() -> None:
    assert len(without_running_lines([page(1, footer="1", header="Manual")])) == 3


def test_no_lines_give_no_pieces() -> None:
    assert pieces([]) == []
