from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind, Chunk, ParsedDocument
from ingestion.chunking.chunker import ChunkOptions, chunk
from ingestion.chunking.weight import weight
from ingestion.parsers.pieces import Piece, compose


def parsed(*pieces: Piece) -> ParsedDocument:
    text, blocks = compose(pieces)
    return ParsedDocument("Title", text, blocks)


def heading(text: str, level: int = 1) -> Piece:
    return Piece(BlockKind.HEADING, text, level=level)


def paragraph(text: str, page: int | None = None) -> Piece:
    return Piece(BlockKind.PARAGRAPH, text, page=page)


def items(*texts: str, group: int = 1) -> list[Piece]:
    return [Piece(BlockKind.LIST_ITEM, text, group=group) for text in texts]


def chunks(document: ParsedDocument, most: float = 320.0, least: float = 0.0) -> tuple[Chunk, ...]:
    return chunk(document, document_id="doc", language="en", options=ChunkOptions(most, least))


def texts(document: ParsedDocument, most: float = 320.0) -> list[str]:
    return [each.text for each in chunks(document, most)]


def test_a_small_section_is_one_chunk_with_its_heading() -> None:
    document = parsed(heading("Returns"), paragraph("You have 30 days."), *items("- box", "- receipt"))
    (only,) = chunks(document)
    assert only.text == document.text == "Returns\n\nYou have 30 days.\n\n- box\n- receipt"
    assert only.section == ("Returns",)
    assert (only.ordinal, only.document_id, only.language) == (0, "doc", "en")


def test_a_new_section_begins_a_new_chunk() -> None:
    document = parsed(heading("A"), paragraph("a"), heading("B", 2), paragraph("b"))
    assert [(each.text, each.section) for each in chunks(document)] == [("A\n\na", ("A",)), ("B\n\nb", ("A", "B"))]


def test_blocks_fill_a_chunk_up_to_the_bound() -> None:
    document = parsed(*(paragraph(f"Paragraph {number} of ten letters.") for number in range(6)))
    sizes = [each.count("\n\n") + 1 for each in texts(document, most=27)]
    assert sizes == [3, 3]


def test_items_and_rows_are_not_cut_if_they_fit() -> None:
    rows = [f"- item {number}: it has two sentences. This is the second." for number in range(5)]
    for each in texts(parsed(*items(*rows)), most=40):
        assert set(each.split("\n")) <= set(rows)


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    document = parsed(paragraph("One short sentence. " * 12))
    assert all(each.endswith("sentence.") for each in texts(document, most=20))


def test_a_heading_is_never_the_last_line() -> None:
    document = parsed(paragraph("x" * 40), heading("Long part"), paragraph("y" * 40), paragraph("z" * 40))
    assert [each.split("\n")[0] for each in texts(document, most=16)] == ["x" * 40, "Long part", "z" * 40]


def test_a_heading_goes_along_when_its_text_does_not_fit() -> None:
    pieces = [heading("Top"), heading("Sub", 2), *(paragraph("word " * 12) for _ in range(3))]
    found = texts(parsed(*pieces), most=24)
    assert found[0].startswith("Top\n\nSub\n\nword")


def test_the_last_two_chunks_share_what_is_left() -> None:
    document = parsed(*(paragraph("ten chars.") for _ in range(9)))
    assert [each.count("ten") for each in texts(document, most=30)] == [4, 5]


def test_pages_are_those_of_the_first_block() -> None:
    document = parsed(paragraph("a" * 50, page=3), paragraph("b" * 50, page=4))
    assert [each.page for each in chunks(document, most=16)] == [3, 4]


def test_equal_texts_get_different_ids() -> None:
    document = parsed(heading("A"), paragraph("same"), heading("A"), paragraph("same"))
    first, second = chunks(document)
    assert first.text == second.text
    assert first.id != second.id


def test_ids_depend_on_document_section_and_text_alone() -> None:
    def ids(document_id: str, *pieces: Piece) -> list[str]:
        return [each.id for each in chunk(parsed(*pieces), document_id=document_id, language="en")]

    body = "This paragraph is long enough to stand alone in a chunk of its own, whatever stands before or after it."
    base = ids("doc", heading("A"), paragraph(body))
    assert ids("doc", heading("A"), paragraph(body)) == base
    assert ids("other", heading("A"), paragraph(body)) != base
    assert ids("doc", heading("B"), paragraph(body)) != base
    assert ids("doc", heading("First"), paragraph(f"Before. {body}"), heading("A"), paragraph(body))[1:] == base


@pytest.mark.parametrize("most", [5.0, 17.0, 80.0])
def test_the_bound_holds_for_any_script(most: float) -> None:
    text = "扫地机器人找不到充电座时会显示E7。Check the socket, then wipe the contacts; ロボットを戻してください。" * 6
    document = parsed(heading("Codes 代码"), paragraph(text), *items(text, text))
    assert all(weight(each) <= most + 1e-9 for each in texts(document, most))


def test_options_must_make_sense() -> None:
    for most, least in ((0.5, 0.0), (10.0, 11.0), (10.0, -1.0)):
        with pytest.raises(ValueError, match="chunks need"):
            ChunkOptions(most, least)


def test_nothing_gives_no_chunks() -> None:
    assert chunk(ParsedDocument("Title", "", ()), document_id="doc", language="en") == ()
