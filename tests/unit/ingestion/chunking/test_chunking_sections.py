from __future__ import annotations

from engine.domain.knowledge import BlockKind, ParsedDocument
from ingestion.chunking.sections import joined_sections
from ingestion.chunking.weight import weight
from ingestion.parsers.pieces import Piece, compose


def parsed(*lines: str) -> ParsedDocument:
    """Return a document of headings ("# a", "## b") and paragraphs."""
    pieces = []
    for line in lines:
        marks = len(line) - len(line.lstrip("#"))
        kind = BlockKind.HEADING if marks else BlockKind.PARAGRAPH
        pieces.append(Piece(kind, line[marks:].strip(), level=marks))
    text, blocks = compose(pieces)
    return ParsedDocument("Title", text, blocks)


def sections(*lines: str, least: float = 0.0, most: float = 320.0) -> list[tuple[tuple[str, ...], list[str]]]:
    document = parsed(*lines)
    found = joined_sections(document, min_weight=least, max_weight=most)
    return [(section.path, [block.span.of(document.text) for block in section.blocks]) for section in found]


LONG = "A paragraph that is long enough to stand alone, whatever its neighbours are."


def test_each_heading_begins_a_section() -> None:
    assert sections("# A", "a", "## B", "b", "## C", "c", "# D", "d") == [
        (("A",), ["A", "a"]),
        (("A", "B"), ["B", "b"]),
        (("A", "C"), ["C", "c"]),
        (("D",), ["D", "d"]),
    ]


def test_text_before_the_first_heading_has_no_path() -> None:
    assert sections("intro", "# A", "a")[0] == ((), ["intro"])


def test_a_document_without_headings_is_one_section() -> None:
    assert sections("a", "b") == [((), ["a", "b"])]


def test_levels_may_be_skipped() -> None:
    assert [path for path, _ in sections("### C", "c", "# A", "a", "#### D", "d", "## B", "b")] == [
        ("C",),
        ("A",),
        ("A", "D"),
        ("A", "B"),
    ]


def test_a_heading_without_text_joins_what_follows() -> None:
    assert sections("# A", "## B", "b") == [(("A", "B"), ["A", "B", "b"])]
    assert sections("## A", "## B", "b") == [(("B",), ["A", "B", "b"])]


def test_a_heading_at_the_end_joins_what_stands_before() -> None:
    assert sections("# A", "a", "## See also") == [(("A",), ["A", "a", "See also"])]


def test_a_document_of_headings_is_one_section() -> None:
    assert sections("# A", "## B") == [(("A", "B"), ["A", "B"])]


def test_small_siblings_are_joined_under_their_parent() -> None:
    assert sections("# A", LONG, "## B", "b", "## C", LONG, least=5) == [
        (("A",), ["A", LONG]),
        (("A",), ["B", "b", "C", LONG]),
    ]


def test_a_small_introduction_joins_the_first_part() -> None:
    assert sections("# A", "a", "## B", LONG, least=5) == [(("A",), ["A", "a", "B", LONG])]


def test_small_strangers_are_not_joined() -> None:
    assert len(sections("# A", LONG, "## B", "b", "# C", LONG, least=5)) == 3


def test_what_would_become_too_heavy_is_not_joined() -> None:
    most = weight(LONG) + 1
    assert len(sections("## B", "b", "## C", LONG, least=5, most=most)) == 2


def test_several_small_sections_are_joined_until_they_are_enough() -> None:
    found = sections("## A", "a", "## B", "b", "## C", "c", "## D", LONG, "## E", "e", least=3)
    assert [len(blocks) for _, blocks in found] == [6, 2, 2]


def test_nothing_gives_nothing() -> None:
    assert joined_sections(ParsedDocument("Title", "", ()), min_weight=1, max_weight=10) == []
