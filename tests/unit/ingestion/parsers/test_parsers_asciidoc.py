from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers.asciidoc_tables import Cells, read_cells
from ingestion.parsers.formats.asciidoc import PARSER
from ingestion.parsers.sheet_merges import Merge


def text(source: str) -> str:
    return PARSER.parse(source.encode(), name="a.adoc").text


def cells(*lines: str, options: str = "") -> Cells:
    return read_cells(lines, options, str.strip)


def test_headings_and_attributes() -> None:
    source = "= Kettles\n:lang: de\n:keywords: lid, cord\n:shop: Maruvale\n\nFrom {shop} and {nobody}.\n\n== Start ==\n"
    parsed = PARSER.parse(source.encode(), name="a.adoc")
    assert parsed.text == "Kettles\n\nFrom Maruvale and {nobody}.\n\nStart"
    assert (parsed.language, parsed.tags) == ("de", ("lid", "cord"))
    assert [block.level for block in parsed.blocks if block.kind is BlockKind.HEADING] == [1, 2]


def test_inline_markup_is_taken_off() -> None:
    source = "*bold* _it_ `code` #mark# https://x.y[the page] link:a.adoc[next] <<id,here>> kbd:[Ctrl] 2*3*4 a_b_c"
    assert text(source) == "bold it code mark the page next here Ctrl 2*3*4 a_b_c"


def test_lists() -> None:
    assert (
        text("* one\n** deep\n. first\n- dash\n\nterm:: meaning\n") == "- one\n- deep\n- first\n- dash\n- term: meaning"
    )


def test_blocks_captions_and_notes() -> None:
    source = "NOTE: Mind the gap.\n\n.A caption\n[source,sh]\n----\n= no heading\n----\n"
    source += "\n====\ninside\n====\n\n////\nhidden\n////\n"
    parsed = PARSER.parse(source.encode(), name="a.adoc")
    assert parsed.text == "NOTE: Mind the gap.\n\nA caption\n\n= no heading\n\ninside"
    assert parsed.blocks[2].kind is BlockKind.CODE


def test_images_show_their_text_and_nothing_is_included() -> None:
    assert (
        text("image::a.png[A kettle, 200]\n\ninclude::/etc/passwd[]\n\n// remark\nend +\nof line\n")
        == "A kettle\n\nend\nof line"
    )


def test_a_block_that_never_ends_is_not_lost() -> None:
    assert text("----\nline") == "line"
    assert text("|===\n|Code |Days\n\n|E1 |3") == "Code: E1; Days: 3"


def test_a_table_in_a_document() -> None:
    assert (
        text("|===\n|Code |Days\n\n|E1 |3\n|E2\n|4\n|===\n\nafter\n") == "Code: E1; Days: 3\nCode: E2; Days: 4\n\nafter"
    )


def test_cells_may_stand_on_lines_of_their_own() -> None:
    assert cells("|a", "|b", "|c", "|d", options='[cols="1,1"]').rows == (("a", "b"), ("c", "d"))
    assert cells("|a|b|c", options="[cols=3*]").rows == (("a", "b", "c"),)


def test_a_header_is_declared_or_implied_by_an_empty_line() -> None:
    assert cells("|a|b", "", "|c|d").headed
    assert cells("|a|b", "|c|d", options="[%header]").headed
    assert not cells("|a|b", "|c|d").headed


def test_cells_that_span_others() -> None:
    found = cells("|a|b|c", "2+|wide|x", ".2+|tall|y|z", "|p|q")
    assert found.rows == (("a", "b", "c"), ("wide", "", "x"), ("tall", "y", "z"), ("", "p", "q"))
    assert found.merges == (Merge(2, 0, 2, 1), Merge(3, 0, 4, 0))


def test_a_bar_behind_the_last_cell_is_no_cell() -> None:
    assert cells("|a|b", "|c|10|").rows == (("a", "b"), ("c", "10"))


def test_an_empty_table() -> None:
    assert cells("", " ").rows == ()


def test_only_comments_are_no_text() -> None:
    with pytest.raises(InvalidInput, match=r"a\.adoc has no text"):
        text("// x\n:a: b\n")
