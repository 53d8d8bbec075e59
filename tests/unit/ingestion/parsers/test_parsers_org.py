from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers.formats.org import PARSER


def text(source: str) -> str:
    return PARSER.parse(source.encode(), name="a.org").text


def test_headings_without_keywords_priorities_and_tags() -> None:
    parsed = PARSER.parse(b"* TODO [#A] Start here :kettle:lid:\n** Next\ntext\n", name="a.org")
    assert parsed.text == "Start here\n\nNext\n\ntext"
    assert [block.level for block in parsed.blocks if block.kind is BlockKind.HEADING] == [1, 2]


def test_what_the_file_says_of_itself() -> None:
    source = "#+TITLE: Kettles\n#+LANGUAGE: de\n#+FILETAGS: :lid:cord:\n#+STARTUP: showall\n\ntext\n"
    parsed = PARSER.parse(source.encode(), name="a.org")
    assert (parsed.title, parsed.language, parsed.tags, parsed.text) == ("Kettles", "de", ("lid", "cord"), "text")


def test_markup_and_links_are_taken_off() -> None:
    source = "*bold* /italic/ =code= ~verb~ +gone+ [[http://x][the page]] [[file:a.txt]] 2*3*4 a/b/c"
    assert text(source) == "bold italic code verb gone the page a.txt 2*3*4 a/b/c"


def test_lists() -> None:
    source = "- one\n  goes on\n  1. deep\n  2. deeper\n- term :: meaning\n+ [ ] open\n"
    assert text(source) == "- one goes on\n1. deep\n2. deeper\n- term: meaning\n- [ ] open"


def test_tables_with_and_without_header() -> None:
    assert text("| Code | Days |\n|------+------|\n| E1   | 3    |\n") == "Code: E1; Days: 3"
    assert text("| a | b |\n| c | d |\n\nafter\n") == "a; b\nc; d\n\nafter"


def test_blocks() -> None:
    source = (
        "#+BEGIN_SRC sh\n* no heading\n#+END_SRC\n#+begin_quote\nsaid\n#+end_quote\n#+BEGIN_COMMENT\nx\n#+END_COMMENT\n"
    )
    parsed = PARSER.parse(source.encode(), name="a.org")
    assert parsed.text == "* no heading\n\nsaid"
    assert parsed.blocks[0].kind is BlockKind.CODE


def test_drawers_planning_and_comments_are_left_out() -> None:
    source = "* H\n  :PROPERTIES:\n  :ID: 7\n  :END:\n  SCHEDULED: <2026-01-31>\n"
    source += "# comment\n#+CAPTION: A caption\ntext\n-----\n"
    assert text(source) == "H\n\nA caption\n\ntext"


def test_a_block_that_never_ends_is_not_lost() -> None:
    assert text("#+BEGIN_SRC\nline") == "line"


def test_chinese() -> None:
    assert text("* 退货\n请保留\n原包装。\n") == "退货\n\n请保留原包装。"


def test_a_hard_line_break() -> None:
    assert text("one\\\\\ntwo") == "one\ntwo"


def test_only_keywords_are_no_text() -> None:
    with pytest.raises(InvalidInput, match=r"a\.org has no text"):
        text("#+TITLE: x\n# y\n")
