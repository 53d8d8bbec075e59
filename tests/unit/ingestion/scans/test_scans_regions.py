from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.knowledge import Block, BlockKind, ParsedDocument, Region, Span
from ingestion.parsers.description import document
from ingestion.parsers.pdf_layout import write_lines
from ingestion.parsers.pdf_lines import Line, Segment
from ingestion.parsers.scan_lines import ReadSegment
from ingestion.parsers.scan_regions import regions_of
from ingestion.parsers.writer import PieceWriter


def segment(text: str, x: float = 50.0, *, score: float = 0.9) -> ReadSegment:
    return ReadSegment(text, x, x + 6.0 * len(text), 0, (x / 600, 0.1, 0.9, 0.2), score)


def row(y: float, *segments: Segment, page: int = 1) -> Line:
    return Line(segments, page, y, 13.0, y / 800)


def rows(texts: Sequence[str], *, page: int = 1, top: float = 700) -> list[Line]:
    return [row(top - 20 * at, segment(text), page=page) for at, text in enumerate(texts)]


def composed(lines: Sequence[Line]) -> ParsedDocument:
    writer = PieceWriter()
    write_lines(lines, writer)
    return document(writer.pieces, name="scan.png")


def quotes(lines: Sequence[Line]) -> list[str]:
    parsed = composed(lines)
    return [region.span.of(parsed.text) for region in regions_of(parsed, lines)]


def test_each_line_of_a_paragraph_has_a_region() -> None:
    lines = rows(["Rinse the tank and wipe the tray with a", "soft cloth before you put it back on the", "machine."])
    assert quotes(lines) == [line.text for line in lines]
    assert composed(lines).text.count("\n") == 0


def test_a_region_carries_page_place_and_confidence() -> None:
    lines = rows(["First page."]) + rows(["Second page."], page=2)
    parsed = composed(lines)
    first, second = regions_of(parsed, lines)
    assert (first.page, second.page) == (1, 2)
    assert first == Region(Span(0, 11), 1, (50 / 600, 0.1, 0.9, 0.2), 0.9)


def test_a_hyphenated_word_is_found_without_its_hyphen() -> None:
    lines = rows(["The machine must be discon-", "nected before it is cleaned."])
    assert "disconnected" in composed(lines).text
    assert quotes(lines) == ["The machine must be discon", "nected before it is cleaned."]


def test_list_markers_that_are_set_anew_do_no_harm() -> None:
    lines = rows(["• Empty the tank.", "• Boil it once."])
    assert composed(lines).text == "- Empty the tank.\n- Boil it once."
    assert quotes(lines) == ["Empty the tank.", "Boil it once."]


def test_the_same_line_twice_has_two_regions() -> None:
    lines = rows(["Press Start.", "Wait a minute.", "Press Start."])
    parsed = composed(lines)
    spans = [region.span for region in regions_of(parsed, lines)]
    assert len(spans) == len(set(spans)) == 3


def test_the_cells_of_a_table_have_theirs_in_order_of_the_text() -> None:
    header = row(700, segment("Code"), segment("Meaning", 200), segment("Remedy", 400))
    first = row(680, segment("E1"), segment("No water", 200), segment("Fill the", 400))
    more = row(660, segment("tank", 400))
    second = row(640, segment("E2"), segment("Too hot", 200), segment("Wait", 400))
    lines = [header, first, more, second]
    parsed = composed(lines)
    regions = regions_of(parsed, lines)
    found = [region.span.of(parsed.text) for region in regions]
    assert set(found) >= {"E1", "No water", "Fill the", "tank", "E2", "Too hot", "Wait"}
    assert [region.span.start for region in regions] == sorted(region.span.start for region in regions)


def test_lines_of_a_text_layer_have_none() -> None:
    lines = [row(700, Segment("From the text layer.", 50, 200, 400)), *rows(["Read by OCR."], page=2)]
    assert quotes(lines) == ["Read by OCR."]


def test_a_line_is_looked_for_on_its_page() -> None:
    text = "Contact us.\n\nOther text.\n\nContact us."
    spans = [Span(0, 11), Span(13, 24), Span(26, 37)]
    blocks = tuple(Block(BlockKind.PARAGRAPH, span, page=page) for span, page in zip(spans, (1, 1, 2), strict=True))
    lines = [row(700, segment("Missing here.")), row(680, segment("Contact us."), page=2)]
    regions = regions_of(ParsedDocument("t", text, blocks), [*rows(["Contact us."]), *lines])
    assert [(region.page, region.span.start) for region in regions] == [(1, 0), (2, 26)]


def test_what_is_not_in_the_text_has_no_region() -> None:
    lines = rows(["A line that stays."])
    assert regions_of(composed(lines), rows(["Nothing like it."])) == ()


WORDS = st.lists(
    st.sampled_from(["tank", "保修两年", "E1", "the", "- item", "1. step", "discon-", "。"]), min_size=1, max_size=8
)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=12))
def test_regions_are_ordered_lie_in_the_text_and_share_no_character(texts: list[str]) -> None:
    lines = rows(["Start", *texts])
    parsed = composed(lines)
    at = 0
    for region in regions_of(parsed, lines):
        assert at <= region.span.start < region.span.end <= len(parsed.text)
        at = region.span.end
