from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers.formats.rtf import PARSER


def text(body: str, head: str = r"\ansi\ansicpg1252") -> str:
    return PARSER.parse(f"{{\\rtf1{head} {body}}}".encode("latin-1"), name="a.rtf").text


def test_paragraphs_and_line_breaks() -> None:
    assert text(r"one\par two\line three\par") == "one\n\ntwo\n\nthree"


def test_escaped_characters_in_the_code_page_of_the_file() -> None:
    assert text(r"caf\'e9 \u8364?") == "café €"
    assert text(r"\'cd\'cb\'bb\'f5", r"\ansi\ansicpg936") == "退货"
    assert text(r"\u36864?\u-30000?") == "退" + chr(65536 - 30000)


def test_outline_levels_are_headings() -> None:
    body = r"\pard\outlinelevel0 Start\par\pard text\par\pard\outlinelevel2 Deeper\par"
    parsed = PARSER.parse(f"{{\\rtf1 {body}}}".encode(), name="a.rtf")
    assert parsed.text == "Start\n\ntext\n\nDeeper"
    assert [(block.kind, block.level) for block in parsed.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.HEADING, 3),
    ]


def test_tables_carry_their_headers() -> None:
    rows = [r"\trowd\cellx1\cellx2\intbl Code\cell Days\cell\row", r"\trowd\intbl E1\cell 3\cell\row"]
    assert text("\n".join(rows) + r"\pard After\par") == "Code: E1; Days: 3\n\nAfter"


def test_bars_outside_of_tables_are_text() -> None:
    assert text(r"a|b|\par") == "a|b|"


def test_bullets() -> None:
    assert text(r"\bullet  one\par \bullet\tab two\par") == "- one\n- two"


def test_links_show_their_text_footnotes_stay_headers_go() -> None:
    link = r'{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt the page}}'
    assert text(rf"{{\header top}}See {link}.{{\footnote a note}}\par") == "See the page.\n\na note"


def test_the_title_property() -> None:
    parsed = PARSER.parse(rb"{\rtf1{\info{\title Kettle manual}{\author A}}text\par}", name="a.rtf")
    assert parsed.title == "Kettle manual"


@pytest.mark.parametrize("data", [rb"{\rtf1", rb"{\rtf1}", rb"{\rtf1 {\pict 0102}}"])
def test_nothing_to_read_is_a_named_failure(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"a\.rtf has no text"):
        PARSER.parse(data, name="a.rtf")


def test_braces_that_never_close_end_soon() -> None:
    assert PARSER.parse(rb"{\rtf1 x" + b"{" * 20_000 + rb" y\par", name="a.rtf").text


def test_only_the_mark_at_the_start_counts() -> None:
    assert PARSER.recognizes(rb"  {\rtf1\ansi x}")
    assert not PARSER.recognizes(rb"about {\rtf1")
