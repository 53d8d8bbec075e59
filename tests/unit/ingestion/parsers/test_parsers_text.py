from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind, DocumentKind, ParsedDocument
from ingestion.parsers.formats.text import PARSER


def parse(text: str, name: str = "note.txt") -> ParsedDocument:
    return PARSER.parse(text.encode(), name=name)


def test_empty_lines_separate_paragraphs() -> None:
    parsed = parse("First paragraph.\n\n\n  \nSecond paragraph.\n")
    assert parsed.text == "First paragraph.\n\nSecond paragraph."
    assert {block.kind for block in parsed.blocks} == {BlockKind.PARAGRAPH}


def test_lines_that_were_wrapped_are_joined() -> None:
    parsed = parse(
        "The kettle remembers the last setting, so you need not choose it\n"
        "again. Press the temperature key until the ring shows the number\n"
        "you want, then press start.\n"
    )
    assert parsed.text.count("\n") == 0
    assert "choose it again. Press" in parsed.text


def test_wrapped_chinese_is_joined_without_a_space() -> None:
    parsed = parse("清洗水箱之前请先关机并拔掉电源插头，等机器完全冷却以后再打开\n上盖，不要用力拉扯。\n")
    assert parsed.text == "清洗水箱之前请先关机并拔掉电源插头，等机器完全冷却以后再打开上盖，不要用力拉扯。"


@pytest.mark.parametrize(
    "text",
    [
        "Case: 17\nStatus: solved\nAgent: Priya",
        "Short line\nanother short line",
        "Every line of this one is a sentence that ends here.\nAnd this one is a sentence as well, as you see.",
        "[10:02] Customer: my robot stops in front of the dock\n[10:03] Agent: is there a mat?",
    ],
)
def test_lines_that_mean_something_stay(text: str) -> None:
    assert parse(text).text == text


def test_lines_of_a_paragraph_are_blocks_of_their_own() -> None:
    parsed = parse("Case: 17\nStatus: solved")
    assert [block.span.of(parsed.text) for block in parsed.blocks] == ["Case: 17", "Status: solved"]


def test_lists_are_recognized() -> None:
    parsed = parse("Pack these:\n* the appliance\n• all leads\n\n1. Open\n2) Close\n3、 Wait\n")
    assert parsed.text == "Pack these:\n\n- the appliance\n- all leads\n1. Open\n2) Close\n3、 Wait"
    kinds = [block.kind for block in parsed.blocks]
    assert kinds == [BlockKind.PARAGRAPH, *[BlockKind.LIST_ITEM] * 5]


def test_items_go_on_until_a_stop() -> None:
    parsed = parse("- a long item that\n  goes on here.\nText behind the list.")
    assert parsed.text == "- a long item that goes on here.\n\nText behind the list."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Returns by post\n\nKeep the receipt.", "Returns by post"),
        ("退货说明\n\n请保留包装。", "退货说明"),
        ("A sentence that ends.\n\nMore.", "note"),
        ("Case: 17\nStatus: solved\n\nText.", "note"),
        ("- item\n\nText.", "note"),
        ("Only one line", "note"),
        (f"{'very ' * 30}long line\n\nText.", "note"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert parse(text).title == title


TURNS = "[08:47] Customer: my grinder screeches\n[08:49] Agent: since when?\n[08:50] Customer: yesterday"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TURNS, DocumentKind.TRANSCRIPT),
        (f"Transcript\nCase: 4\n\n{TURNS}", DocumentKind.TRANSCRIPT),
        (
            "20:14　周小姐：發票會寄紙本嗎？\n20:15　客服：不會。\n20:16　周小姐：好",
            DocumentKind.TRANSCRIPT,
        ),
        ("2026-05-04 08:47 Customer: hello\n2026-05-04 08:49 Agent: hi\n08:50 Customer: bye", DocumentKind.TRANSCRIPT),
        ("2026-05-06 15:31:08 顾客\n能退吗？\n\n15:31:09 客服\n可以。\n\n15:32 顾客\n谢谢", DocumentKind.TRANSCRIPT),
        ("Opening hours\n09:00 to 18:00: chat\n\nOn Sunday we are closed.", None),
        ("Just text.", None),
    ],
)
def test_transcripts_are_told_by_their_turns(text: str, kind: DocumentKind | None) -> None:
    assert parse(text).kind is kind


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig", "big5"])
def test_any_encoding_is_read(encoding: str) -> None:
    text = "退貨請保留包裝，三十天內都可以申請。"
    assert PARSER.parse(text.encode(encoding), name="note.txt").text == text


def test_windows_line_ends_and_controls_are_cleaned() -> None:
    assert parse("one\r\n\r\ntwo\x0c\u202ethree\u200b\r\n").text == "one\n\ntwo\nthree"


def test_content_alone_is_never_recognized() -> None:
    assert not PARSER.recognizes(b"Hello")
