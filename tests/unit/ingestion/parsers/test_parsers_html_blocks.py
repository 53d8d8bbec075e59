from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from ingestion.parsers.html_blocks import write_blocks
from ingestion.parsers.html_tree import parse_html
from ingestion.parsers.pieces import Piece, compose
from ingestion.parsers.writer import PieceWriter


def pieces(source: str) -> list[Piece]:
    root = parse_html(source)
    assert root is not None
    writer = PieceWriter()
    write_blocks(root, writer)
    return writer.pieces


def text(source: str) -> str:
    return compose(pieces(source))[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>one</p>two<div>three</div>", "one\n\ntwo\n\nthree"),
        ("<p>A <em>very</em> <a href='x'>good</a> kettle</p>", "A very good kettle"),
        ("<p>line<br>break</p>", "line\nbreak"),
        ("one<br><br>two<br> <br>three", "one\n\ntwo\n\nthree"),
        ("<ol start=4><li>four</li><li value=9>nine</li><li>ten</li></ol>", "4. four\n9. nine\n10. ten"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n- b\n- c"),
        ("<ul><li><p>a</p><p>more</p></li></ul>", "- a\nmore"),
        ("<ul><li>a</li><ul><li>stray</li></ul></ul>", "- a\n- stray"),
        ("<dl><dt>Returns?</dt><dd>30 days.</dd><dt>Gifts?</dt><dd>Yes.</dd></dl>", "Returns?\n30 days.\nGifts?\nYes."),
        ("<dl><dt>Steps</dt><dd><ol><li>one</li></ol></dd></dl>", "Steps\n\n1. one"),
        ("<ul><li><dl><dt>Term</dt><dd>Meaning</dd></dl></li></ul>", "- Term\nMeaning"),
        ("<pre>a\n  b\n</pre>", "a\n  b"),
        (
            "<table><caption>Codes</caption><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "Codes\n\nA: 1; B: 2",
        ),
        ("<table><tr><td><p>frame</p></td></tr></table>", "frame"),
        ("<p>see <img src=x alt='the red key'></p>", "see the red key"),
        ("<blockquote><p>quoted</p></blockquote>", "quoted"),
        ("<select><option>one</option></select><p>text</p><textarea>t</textarea>", "text"),
        ("<p>请先\n关机</p>", "请先关机"),
        ("<article><section><div><p>deep</p></div></section></article>", "deep"),
    ],
)
def test_blocks(source: str, expected: str) -> None:
    assert text(source) == expected


def test_headings_keep_their_levels() -> None:
    found = pieces("<h1>One</h1><h3>Three <small>more</small></h3><p>x</p>")
    assert [(piece.kind, piece.level, piece.text) for piece in found[:2]] == [
        (BlockKind.HEADING, 1, "One"),
        (BlockKind.HEADING, 3, "Three more"),
    ]


def test_a_summary_is_a_heading_below_the_last_one() -> None:
    found = pieces(
        "<h2>Billing</h2><details><summary>Which cards?</summary>Visa.</details>"
        "<details><summary>Why?</summary>So.</details>"
    )
    assert [(piece.level, piece.text) for piece in found if piece.kind is BlockKind.HEADING] == [
        (2, "Billing"),
        (3, "Which cards?"),
        (3, "Why?"),
    ]


def test_kinds_of_blocks() -> None:
    found = pieces("<p>p</p><ul><li>l</li></ul><pre>c</pre><table><tr><td>a</td><td>b</td></tr></table>")
    assert [piece.kind for piece in found] == [
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.CODE,
        BlockKind.TABLE_ROW,
    ]


def test_very_deep_trees_lose_structure_but_no_text() -> None:
    source = "<div>" * 1500 + "<ul><li>deep</li></ul>" + "</div>" * 1500 + "<p>after</p>"
    assert text(source) == "deep\n\nafter"


def test_very_deep_inline_markup_is_read_too() -> None:
    assert text("<p>" + "<b>" * 900 + "bold" + "</b>" * 900 + " end</p>").replace("\n", "").startswith("bold")
