from __future__ import annotations

import pytest

from ingestion.parsers.html_tree import BLOCK_TAGS, SILENT_TAGS, attribute, flat_text, is_html_tag, parse_html, tag_of


def flat(source: str) -> str:
    root = parse_html(source)
    assert root is not None
    return flat_text(root)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>H<sub>2</sub>O is <b>w</b>et</p>", "H2O is wet"),
        ("<p>one</p><p>two</p>", "one two"),
        ("<td>甲<br>乙</td>", "甲 乙"),
        ("<p>请先\n  关机</p>", "请先关机"),
        ("<p>first\n second</p>", "first second"),
        ("<p>a<script>x()</script>b<style>p{}</style>c</p>", "abc"),
        ('<p>A <img alt="red kettle" src="x"> here</p>', "A red kettle here"),
        ("<p><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>です</p>", "漢字です"),
        ("<p>5 &lt; 6 &amp; 7&nbsp;kg</p>", "5 < 6 & 7 kg"),
        ("<ul><li>a</li><li>b</li></ul>c", "a b c"),
    ],
)
def test_flat_text(source: str, text: str) -> None:
    assert flat(source) == text


def test_flat_text_leaves_out_what_stands_behind_the_element() -> None:
    root = parse_html("<div><b>in</b> out</div>")
    assert root is not None
    (bold,) = root.iter("b")
    assert flat_text(bold) == "in"


@pytest.mark.parametrize("source", ["", "   ", "<!-- only a comment -->"])
def test_nothing_gives_no_tree(source: str) -> None:
    assert parse_html(source) is None


def test_odd_characters_do_not_stop_the_parser() -> None:
    assert flat("<p>a\x00b \ud800 c</p>") == "ab ? c"


def test_an_xml_declaration_is_ignored() -> None:
    assert flat("<?xml version='1.0' encoding='euc-jp'?><html><body><p>返品</p></body></html>") == "返品"


def test_very_deep_trees_are_read_to_the_end() -> None:
    source = "<div>" * 2000 + "deep" + "</div>" * 2000 + "<p>after</p>"
    assert flat(source) == "deep after"


def test_attributes_and_tags() -> None:
    root = parse_html('<P ID=" x ">text<!-- c --></P>')
    assert root is not None
    (paragraph,) = root.iter("p")
    assert (tag_of(paragraph), attribute(paragraph, "id"), attribute(paragraph, "class")) == ("p", "x", "")


def test_known_tags() -> None:
    assert is_html_tag("span")
    assert not is_html_tag("mailbox")
    assert not SILENT_TAGS & BLOCK_TAGS
