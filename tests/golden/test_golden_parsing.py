"""Whole documents in every format and language, and the text that they give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from docx.document import Document as WordDocument

from engine.domain.knowledge import DocumentKind
from ingestion.chunking.chunker import chunk
from ingestion.language import normalize_tag
from ingestion.parsing import parse
from tests.unit.ingestion.documents import TextAt, pdf, word


@dataclass(frozen=True)
class Golden:
    """What a language's page on error codes says; the same in every format."""

    tag: str
    title: str
    intro: str
    part: str
    steps: tuple[str, str]
    header: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    expected: str


ENGLISH = Golden(
    tag="en-GB",
    title="Error codes of the Drift R3",
    intro="When the robot stops, its display shows a code. Look it up before you write to us.",
    part="Before you begin",
    steps=("Switch the robot off and turn it over.", "Take the dust box out and empty it."),
    header=("Code", "Meaning", "What to do"),
    rows=(
        ("E1", "side brush stuck", "Take the brush off and cut the hair away."),
        ("E7", "dock not found", "Check the socket."),
    ),
    expected="""Error codes of the Drift R3

When the robot stops, its display shows a code. Look it up before you write to us.

Before you begin

1. Switch the robot off and turn it over.
2. Take the dust box out and empty it.

Code: E1; Meaning: side brush stuck; What to do: Take the brush off and cut the hair away.
Code: E7; Meaning: dock not found; What to do: Check the socket.""",
)
SIMPLIFIED = Golden(
    tag="zh-CN",
    title="扫地机器人 R3 错误代码",
    intro="机器停下时，屏幕会显示代码。联系客服之前，请先对照下表。",
    part="动手之前",
    steps=("关机，把机器翻过来。", "取出集尘盒，倒空。"),
    header=("代码", "含义", "处理办法"),
    rows=(("E1", "边刷卡住", "拆下边刷，剪掉头发。"), ("E7", "找不到充电座", "检查电源。")),
    expected="""扫地机器人 R3 错误代码

机器停下时，屏幕会显示代码。联系客服之前，请先对照下表。

动手之前

1. 关机，把机器翻过来。
2. 取出集尘盒，倒空。

代码：E1；含义：边刷卡住；处理办法：拆下边刷，剪掉头发。
代码：E7；含义：找不到充电座；处理办法：检查电源。""",
)
TRADITIONAL = Golden(
    tag="zh-TW",
    title="掃地機器人 R3 錯誤代碼",
    intro="機器停下時，螢幕會顯示代碼。聯絡客服之前，請先對照下表。",
    part="動手之前",
    steps=("關機，把機器翻過來。", "取出集塵盒，倒空。"),
    header=("代碼", "含義", "處理方式"),
    rows=(("E1", "邊刷卡住", "拆下邊刷，剪掉頭髮。"), ("E7", "找不到充電座", "檢查電源。")),
    expected="""掃地機器人 R3 錯誤代碼

機器停下時，螢幕會顯示代碼。聯絡客服之前，請先對照下表。

動手之前

1. 關機，把機器翻過來。
2. 取出集塵盒，倒空。

代碼：E1；含義：邊刷卡住；處理方式：拆下邊刷，剪掉頭髮。
代碼：E7；含義：找不到充電座；處理方式：檢查電源。""",
)
JAPANESE = Golden(
    tag="ja-JP",
    title="ロボット掃除機 R3 のエラー番号",
    intro="本体が止まると、画面に番号が出ます。お問い合わせの前に、下の表をご覧ください。",
    part="はじめに",
    steps=("電源を切り、本体を裏返します。", "ダストボックスを外し、空にします。"),
    header=("番号", "意味", "対処"),
    rows=(
        ("E1", "ブラシの停止", "ブラシを外し、髪の毛を切ります。"),
        ("E7", "充電台が見つからない", "電源を確認します。"),
    ),
    expected="""ロボット掃除機 R3 のエラー番号

本体が止まると、画面に番号が出ます。お問い合わせの前に、下の表をご覧ください。

はじめに

1. 電源を切り、本体を裏返します。
2. ダストボックスを外し、空にします。

番号：E1；意味：ブラシの停止；対処：ブラシを外し、髪の毛を切ります。
番号：E7；意味：充電台が見つからない；対処：電源を確認します。""",
)
LANGUAGES = [pytest.param(golden, id=golden.tag) for golden in (ENGLISH, SIMPLIFIED, TRADITIONAL, JAPANESE)]
PLAIN_ENCODINGS = {"en-GB": "cp1252", "zh-CN": "gb18030", "zh-TW": "big5", "ja-JP": "shift_jis"}


def as_markdown(golden: Golden) -> bytes:
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (golden.header, ("---",) * 3, *golden.rows))
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(golden.steps, 1))
    matter = f"---\ntitle: {golden.title}\nlanguage: {golden.tag}\nkind: manual\neffective_from: 2026-03-01\n---\n"
    return f"{matter}\n# {golden.title}\n\n{golden.intro}\n\n## {golden.part}\n\n{steps}\n\n{table}\n".encode()


def as_html(golden: Golden) -> bytes:
    def row(cells: tuple[str, ...], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"

    steps = "".join(f"\n  <li>{step}</li>" for step in golden.steps)
    table = row(golden.header, "th") + "".join(row(cells, "td") for cells in golden.rows)
    return f"""<!DOCTYPE html><html lang="{golden.tag}"><head><meta charset="utf-8">
<title>{golden.title} | Maruvale</title><meta name="kind" content="manual">
<meta name="effective_from" content="2026-03-01"></head>
<body><div id="cookie-banner">Cookies?</div><header><nav><a href="/">Maruvale</a></nav></header>
<main><h1>{golden.title}</h1>
<p>{golden.intro}</p>
<h2>{golden.part}</h2><ol>{steps}
</ol><table>{table}</table>
<aside>More pages</aside></main><footer>(c) 2026</footer></body></html>""".encode()


def as_word(golden: Golden) -> bytes:
    def build(document: WordDocument) -> None:
        document.core_properties.title = golden.title
        document.core_properties.language = golden.tag
        document.core_properties.category = "manual"
        document.add_heading(golden.title, 1)
        document.add_paragraph(golden.intro)
        document.add_heading(golden.part, 2)
        for step in golden.steps:
            document.add_paragraph(step, style="List Number")
        table = document.add_table(rows=0, cols=3)
        for cells in (golden.header, *golden.rows):
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = text

    return word(build)


def as_pdf(golden: Golden) -> bytes:
    lines = [TextAt(57, 780, golden.title, 20), TextAt(57, 745, golden.intro), TextAt(57, 710, golden.part, 15)]
    lines += [TextAt(57, 685 - 20 * at, f"{at + 1}. {step}") for at, step in enumerate(golden.steps)]
    for at, cells in enumerate((golden.header, *golden.rows)):
        lines += [TextAt(x, 620 - 20 * at, cell) for x, cell in zip((60, 120, 300), cells, strict=True)]
    return pdf([lines], title=golden.title)


@pytest.mark.parametrize("golden", LANGUAGES)
@pytest.mark.parametrize("extension", ["md", "html", "docx", "pdf"])
def test_a_page_reads_the_same_in_every_format(golden: Golden, extension: str) -> None:
    build = {"md": as_markdown, "html": as_html, "docx": as_word, "pdf": as_pdf}[extension]
    parsed = parse(build(golden), name=f"codes.{extension}")
    assert parsed.text == golden.expected
    assert parsed.title == golden.title
    if extension != "pdf":
        assert parsed.language == normalize_tag(golden.tag)
        assert parsed.kind is DocumentKind.MANUAL
    if extension in {"md", "html"}:
        assert parsed.effective_from == date(2026, 3, 1)


@pytest.mark.parametrize("golden", LANGUAGES)
def test_plain_text_reads_the_same_in_the_encodings_of_its_country(golden: Golden) -> None:
    steps = "\r\n".join(f"{number}. {step}" for number, step in enumerate(golden.steps, 1))
    source = f"{golden.title}\r\n\r\n{golden.intro}\r\n\r\n{golden.part}\r\n\r\n{steps}\r\n"
    parsed = parse(source.encode(PLAIN_ENCODINGS[golden.tag]), name="codes.txt")
    assert parsed.text == golden.expected[: golden.expected.index(golden.steps[1]) + len(golden.steps[1])]
    assert parsed.title == golden.title


@pytest.mark.parametrize("golden", LANGUAGES)
def test_chunks_of_a_page(golden: Golden) -> None:
    parsed = parse(as_markdown(golden), name="codes.md")
    found = chunk(parsed, document_id="doc", language="x")
    first, second = golden.expected.split(f"\n\n{golden.part}\n\n")
    assert [each.section for each in found] == [(golden.title,), (golden.title, golden.part)]
    assert [each.text for each in found] == [first, f"{golden.part}\n\n{second}"]


TRANSCRIPT = """Resolved chat
Case: C-26-000017

[09:12] Customer: my kettle clicks and nothing happens
[09:13] Agent: Is there at least 0.3 L of water in it?
[09:15] Customer: no... now it works, thanks

Reason: dry-boil protection
"""


def test_a_transcript_keeps_its_turns() -> None:
    parsed = parse(TRANSCRIPT.encode("utf-16"), name="chat-kettle.txt")
    assert parsed.text == TRANSCRIPT.strip()
    assert parsed.kind is DocumentKind.TRANSCRIPT
    assert parsed.title == "chat-kettle"
    turns = [block.span.of(parsed.text) for block in parsed.blocks]
    assert turns[3] == "[09:13] Agent: Is there at least 0.3 L of water in it?"
