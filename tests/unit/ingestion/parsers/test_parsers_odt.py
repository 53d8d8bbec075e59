from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers.formats.odt import PARSER
from tests.unit.ingestion.office import odf

NUMBERS = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style>'
)


def text(body: str, styles: str = "") -> str:
    return PARSER.parse(odf("text", body, styles=styles), name="a.odt").text


def item(inner: str, more: str = "") -> str:
    return f"<text:list-item {more}><text:p>{inner}</text:p></text:list-item>"


def test_headings_and_the_title() -> None:
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    body = (
        '<text:p text:style-name="P1">Manual</text:p><text:h text:outline-level="2">Start</text:h><text:p>Go.</text:p>'
    )
    parsed = PARSER.parse(odf("text", body, styles=styles), name="a.odt")
    assert parsed.title == "Manual"
    assert [(block.kind, block.level) for block in parsed.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_spaces_tabs_and_line_breaks() -> None:
    assert text('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>') == "a b c\nd"


def test_spans_and_links_are_transparent() -> None:
    assert text("<text:p>a <text:span>bold</text:span> <text:a>link</text:a> c</text:p>") == "a bold link c"


def test_lists_keep_their_numbers() -> None:
    inner = f"<text:list-item><text:p>two</text:p><text:list>{item('deep')}</text:list></text:list-item>"
    last = item("seven", 'text:start-value="7"')
    body = f'<text:list text:style-name="L1">{item("one")}{inner}{last}</text:list>'
    assert text(body, NUMBERS) == "1. one\n2. two\n- deep\n7. seven"


def test_tables_with_merged_cells() -> None:
    def row(*cells: str) -> str:
        inner = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
        return f"<table:table-row>{inner}</table:table-row>"

    body = f"<table:table>{row('Code', 'Days')}{row('E1', '3')}</table:table><text:p>After</text:p>"
    assert text(body) == "Code: E1; Days: 3\n\nAfter"


def test_footnotes_and_frames_follow_their_paragraph() -> None:
    note = "<text:note><text:note-body><text:p>the note</text:p></text:note-body></text:note>"
    box = "<draw:frame><draw:text-box><text:p>in a box</text:p></draw:text-box></draw:frame>"
    assert text(f"<text:p>a{note} b{box}</text:p>") == "a b\n\nthe note\n\nin a box"


def test_comments_deleted_text_and_contents_lists_are_left_out() -> None:
    body = "<text:tracked-changes><text:deletion><text:p>deleted</text:p></text:deletion></text:tracked-changes>"
    body += (
        "<text:table-of-content><text:index-body><text:p>Contents 1</text:p></text:index-body></text:table-of-content>"
    )
    body += "<text:p>kept<office:annotation><text:p>a remark</text:p></office:annotation></text:p>"
    assert text(body) == "kept"


def test_what_the_document_says_of_itself() -> None:
    meta = "<dc:title>Manual</dc:title><dc:language>de-DE</dc:language><meta:keyword>kettle, lid</meta:keyword>"
    parsed = PARSER.parse(odf("text", "<text:p>x</text:p>", meta=meta), name="a.odt")
    assert (parsed.title, parsed.language, parsed.tags) == ("Manual", "de", ("kettle", "lid"))


def test_macros_are_named() -> None:
    data = odf("text", "<text:p>x</text:p>", extra={"Basic/Standard/Module1.xml": b"x"})
    assert PARSER.parse(data, name="a.odt").warnings == ("The file has macros; they were ignored.",)


def test_a_password_is_named() -> None:
    manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(InvalidInput, match=r"a\.odt is encrypted"):
        PARSER.parse(odf("text", "", extra={"META-INF/manifest.xml": manifest}), name="a.odt")


@pytest.mark.parametrize("extra", [{"content.xml": b"<broken"}, {"content.xml": b"<a/>"}, {"styles.xml": b""}])
def test_broken_parts_are_a_named_failure(extra: dict[str, bytes]) -> None:
    with pytest.raises(InvalidInput, match=r"a\.odt") as caught:
        PARSER.parse(odf("text", "<text:p>x</text:p>", extra=extra), name="a.odt")
    assert caught.value.remedy


def test_deep_nesting_is_flattened() -> None:
    deep = "<text:section>" * 100 + "<text:p>deep</text:p>" + "</text:section>" * 100
    assert text(deep) == "deep"
