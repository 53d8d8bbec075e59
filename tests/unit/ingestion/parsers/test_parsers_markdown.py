from __future__ import annotations

from datetime import date

import pytest

from engine.domain.knowledge import BlockKind, DocumentKind, ParsedDocument
from ingestion.parsers.formats.markdown import PARSER


def parse(text: str) -> ParsedDocument:
    return PARSER.parse(text.encode(), name="help.md")


def test_inline_markup_vanishes() -> None:
    source = "Press **Start** and *wait*, then `reset` ~~now~~ [here](https://example.com/x) &amp; <https://a.example>."
    assert parse(source).text == "Press Start and wait, then reset now here & https://a.example."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('# <a name="how"></a>How to return', "How to return"),
        ('<a id="x"></a>\n\nText', "Text"),
        ("![Kettle from the left](k.png) is new", "Kettle from the left is new"),
        ("![](k.png) is new", "is new"),
        ("[![Map](m.png)](https://example.com)", "Map"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("one  \ntwo", "one\ntwo"),
        ("soft\nbreak", "soft break"),
        ("请先关机，\n再拔插头。", "请先关机，再拔插头。"),
        ("Write to <mailbox> or <b>call</b>", "Write to <mailbox> or call"),
        ("<!-- hidden -->\n\nshown <!-- not this -->", "shown"),
        (r"\*not bold\* and 1\. no list", "*not bold* and 1. no list"),
        ("> [!NOTE]\n> Keep it dry.", "Keep it dry."),
        (">[!VIDEO https://example.com/v?x=1]\n\nText", "Text"),
        ("点击 **[编辑]**的按钮", "点击 [编辑]的按钮"),
        ("範囲****を選び、2**3 と `a**` を入力", "範囲を選び、2**3 と a** を入力"),
        ("Title\n=====\n\nText", "Title\n\nText"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("<div>Framed <i>text</i></div>", "Framed text"),
    ],
)
def test_text(source: str, text: str) -> None:
    assert parse(source).text == text


def test_headings_have_levels() -> None:
    parsed = parse("# One\n\n## Two\n\ntext\n\n###### Six ##")
    levels = [(block.level, block.span.of(parsed.text)) for block in parsed.blocks if block.kind is BlockKind.HEADING]
    assert levels == [(1, "One"), (2, "Two"), (6, "Six")]


def test_lists_keep_their_markers_and_numbers() -> None:
    parsed = parse("3. three\n4. four\n   - deep\n     more\n5. five\n\n* star\n* second\n")
    assert parsed.text == "3. three\n4. four\n- deep more\n5. five\n\n- star\n- second"
    assert [block.level for block in parsed.blocks] == [0, 0, 1, 0, 0, 0]


def test_list_items_keep_their_paragraphs_and_code() -> None:
    parsed = parse("1. Open it.\n\n   It is heavy.\n\n   ```\n   reset\n   ```\n\n2. Close it.\n")
    assert parsed.text == "1. Open it.\nIt is heavy.\nreset\n2. Close it."
    assert [block.kind for block in parsed.blocks] == [BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.LIST_ITEM]


def test_code_keeps_its_lines() -> None:
    parsed = parse("```ini\n[wifi]\n  band = 2.4\n```")
    assert parsed.text == "[wifi]\n  band = 2.4"
    assert parsed.blocks[0].kind is BlockKind.CODE


def test_tables_become_rows() -> None:
    parsed = parse("| Code | Meaning |\n|---|:-:|\n| **E7** | no [dock](x) |\n| E12 | |\n")
    assert parsed.text == "Code: E7; Meaning: no dock\nCode: E12"
    assert {block.kind for block in parsed.blocks} == {BlockKind.TABLE_ROW}


def test_html_tables_become_rows_too() -> None:
    parsed = parse("<table><tr><th>代码</th><th>含义</th></tr><tr><td>E7</td><td>找不到充电座</td></tr></table>\n")
    assert parsed.text == "代码：E7；含义：找不到充电座"


def test_front_matter_describes_and_does_not_appear() -> None:
    parsed = parse(
        "---\ntitle: Returns policy\nlanguage: zh-TW\nkind: policy\ntags: [returns, gifts]\n"
        "effective_from: 2026-03-01\neffective_until: 2026-12-31\nauthor: Service team\n---\n\n# Heading\n\nText."
    )
    assert parsed.title == "Returns policy"
    assert parsed.text == "Heading\n\nText."
    assert parsed.language == "zh-Hant"
    assert parsed.kind is DocumentKind.POLICY
    assert parsed.tags == ("returns", "gifts")
    assert parsed.effective_from == date(2026, 3, 1)
    assert parsed.effective_until == date(2026, 12, 31)
    assert parsed.metadata["author"] == "Service team"


def test_broken_front_matter_gives_a_warning() -> None:
    parsed = parse("---\ntitle: Billing: questions\n---\nText")
    assert (parsed.title, parsed.text, len(parsed.warnings)) == ("Billing: questions", "Text", 1)


def test_without_title_the_first_heading_of_level_one_is_it() -> None:
    assert parse("## Small\n\n# Large\n\ntext").title == "Large"
    assert parse("text only").title == "help"


def test_any_encoding_is_read() -> None:
    assert PARSER.parse("# 退貨\n\n請保留包裝。".encode("big5"), name="a.md").text == "退貨\n\n請保留包裝。"


def test_content_alone_is_never_recognized() -> None:
    assert not PARSER.recognizes(b"# Heading")


def test_deeply_nested_quotes_do_not_overflow() -> None:
    assert parse(">" * 500 + " deep\n\nafter").text.endswith("after")
