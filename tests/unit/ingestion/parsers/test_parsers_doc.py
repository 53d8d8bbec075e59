from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers.formats.doc import PARSER
from ingestion.parsing import parse
from tests.unit.ingestion.compound import DocParagraph, compound, doc

IN_TABLE = b"\x16\x24\x01"
ROW_END = IN_TABLE + b"\x17\x24\x01"
LIST = b"\x0b\x46\x01\x00"
SECOND_LEVEL = LIST + b"\x0a\x26\x01"


def text(*paragraphs: DocParagraph) -> str:
    return PARSER.parse(doc(paragraphs), name="a.doc").text


def row(*cells: str) -> list[DocParagraph]:
    return [
        *(DocParagraph(cell, end="\x07", properties=IN_TABLE) for cell in cells),
        DocParagraph("", 0, ROW_END, "\x07"),
    ]


def test_headings_are_told_by_their_style_whatever_its_language() -> None:
    parsed = PARSER.parse(
        doc([DocParagraph("Überschrift", 1), DocParagraph("Text"), DocParagraph("Tiefer", 3)]), name="a.doc"
    )
    assert [(block.kind, block.level) for block in parsed.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.HEADING, 3),
    ]


def test_an_outline_level_makes_a_heading_too() -> None:
    parsed = PARSER.parse(
        doc([DocParagraph("A", 0, b"\x40\x26\x01"), DocParagraph("B", 1, b"\x40\x26\x09")]), name="a.doc"
    )
    assert [(block.kind, block.level) for block in parsed.blocks] == [(BlockKind.HEADING, 2), (BlockKind.PARAGRAPH, 0)]


@pytest.mark.parametrize("compressed", [True, False])
def test_both_ways_to_store_characters(compressed: bool) -> None:
    data = doc([DocParagraph("Crème brûlée – 5 €"), DocParagraph("Straße", 2)], compressed=compressed)
    assert PARSER.parse(data, name="a.doc").text == "Crème brûlée – 5 €\n\nStraße"


def test_chinese_and_japanese() -> None:
    assert text(DocParagraph("退货政策", 1), DocParagraph("返品の送料")) == "退货政策\n\n返品の送料"


def test_tables_carry_their_headers() -> None:
    rows = [*row("Code", "Days"), *row("E1", "3"), *row("E2", "")]
    assert text(*rows, DocParagraph("After")) == "Code: E1; Days: 3\nCode: E2\n\nAfter"


def test_a_cell_of_several_paragraphs() -> None:
    cells = [DocParagraph("one", properties=IN_TABLE), *row("two", "3")]
    assert text(*row("Code", "Days"), *cells) == "Code: one two; Days: 3"


def test_a_table_that_breaks_off_keeps_its_cells() -> None:
    assert text(*row("Code", "Days"), DocParagraph("E1", end="\x07", properties=IN_TABLE)) == "Code: E1"


def test_list_items_keep_their_depth() -> None:
    parsed = PARSER.parse(doc([DocParagraph("one", 0, LIST), DocParagraph("deeper", 0, SECOND_LEVEL)]), name="a.doc")
    assert parsed.text == "- one\n- deeper"
    assert [block.level for block in parsed.blocks] == [0, 1]


def test_fields_show_their_results() -> None:
    link = '\x13 HYPERLINK "http://x" \x14the page\x15'
    nested = "\x13 IF \x13 PAGE \x141\x15 = 1 \x14yes\x15"
    assert text(DocParagraph(f"See {link}, {nested}, \x13 TOC \x15end")) == "See the page, yes, end"


def test_anchors_vanish_and_breaks_stay() -> None:
    assert text(DocParagraph("a\x01\x05b\x0bnext\x1eline\x02")) == "ab\nnext-line"


def test_a_page_break_ends_a_paragraph() -> None:
    assert text(DocParagraph("one", end="\x0c"), DocParagraph("two")) == "one\n\ntwo"


def test_headers_and_comments_are_left_out_footnotes_are_kept() -> None:
    paragraphs = [DocParagraph("text"), DocParagraph("note"), DocParagraph("header"), DocParagraph("remark")]
    data = doc(paragraphs, stories=[5, 5, 7, 0, 7])
    assert PARSER.parse(data, name="a.doc").text == "text\n\nnote"


def test_a_password_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"a\.doc is encrypted"):
        PARSER.parse(doc([DocParagraph("x")], flags=0x0300), name="a.doc")


def test_an_older_word_is_named() -> None:
    data = doc([DocParagraph("x")]).replace(b"\xec\xa5\xc1\x00", b"\xdc\xa5\x68\x00")
    with pytest.raises(InvalidInput, match="made by a Word older than 97"):
        PARSER.parse(data, name="a.doc")


def test_damaged_properties_do_not_cost_the_text() -> None:
    data = bytearray(doc([DocParagraph("Title", 1), DocParagraph("text")]))
    length = data.index(b"\xec\xa5\xc1\x00") + 0x0106  # of the table of properties
    data[length : length + 2] = b"\xff\x7f"
    assert PARSER.parse(bytes(data), name="a.doc").text == "Title\n\ntext"


@pytest.mark.parametrize("streams", [{"WordDocument": b"\xec\xa5\xc1\x00"}, {"WordDocument": b"x" * 5000}])
def test_what_is_no_document_inside_is_a_named_failure(streams: dict[str, bytes]) -> None:
    with pytest.raises(InvalidInput, match=r"a\.doc") as caught:
        PARSER.parse(compound(streams), name="a.doc")
    assert caught.value.remedy


def test_macros_are_named() -> None:
    data = compound({"WordDocument": b"\xec\xa5\xc1\x00", "_VBA_PROJECT": b"x"})
    with pytest.raises(InvalidInput):
        parse(data, name="a.doc")
    assert PARSER.recognizes(data)
