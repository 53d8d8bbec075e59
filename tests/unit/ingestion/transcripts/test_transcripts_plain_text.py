"""Conversations in plain text, in the layouts that chat programs write."""

from __future__ import annotations

import pytest

from ingestion.transcripts.conversation import Conversation
from ingestion.transcripts.plain_text import read_plain_text
from tests.unit.ingestion.transcripts.chats import AGENT, CUSTOMER, SYSTEM, UNKNOWN, said


def read(text: str) -> Conversation:
    found = read_plain_text(text)
    assert found is not None
    return found


EXPECTED = [("customer", "It stops."), ("agent", "Clean it."), ("customer", "Thanks.")]
LAYOUTS = {
    "time and label": "[10:02] Customer: It stops.\n[10:03] Agent: Clean it.\n[10:05] Customer: Thanks.",
    "with a date": "2026-05-06 10:02 Customer: It stops.\n2026-05-06 10:03 Agent: Clean it.\n"
    "2026-05-06 10:05 Customer: Thanks.",
    "with seconds": "10:02:11 Customer: It stops.\n10:03:12 Agent: Clean it.\n10:05:00 Customer: Thanks.",
    "of a phone": "5/6/26, 10:02 AM - Customer: It stops.\n5/6/26, 10:03 AM - Agent: Clean it.\n"
    "5/6/26, 10:05 AM - Customer: Thanks.",
    "label above": "10:02 Customer\nIt stops.\n\n10:03 Agent\nClean it.\n\n10:05 Customer\nThanks.",
    "label before the time": "Customer 2026-05-06 10:02:11\nIt stops.\nAgent 2026-05-06 10:03:12\nClean it.\n"
    "Customer 2026-05-06 10:05:00\nThanks.",
    "time in brackets behind": "Customer (10:02): It stops.\nAgent (10:03): Clean it.\nCustomer (10:05): Thanks.",
    "no times": "Customer: It stops.\nAgent: Clean it.\nCustomer: Thanks.",
    "no times, with names": "Customer (Mia): It stops.\nAgent Tom: Clean it.\nCustomer (Mia): Thanks.",
    "full width": "10：02　Customer： It stops.\n10：03　Agent： Clean it.\n10：05　Customer： Thanks.",
}


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_all_layouts_read_the_same(layout: str) -> None:
    assert said(read(LAYOUTS[layout])) == EXPECTED


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (("客户", "客服"), ("停了。", "请清洁。", "谢谢。")),
        (("顧客", "客服專員"), ("停了。", "請清潔。", "謝謝。")),
        (("お客様", "担当"), ("止まります。", "拭いてください。", "直りました。")),
        (("고객", "상담원"), ("멈춰요.", "닦아 주세요.", "감사합니다.")),
        (("Kunde", "Berater"), ("Er hält an.", "Reinigen Sie ihn.", "Danke.")),
        (("Cliente", "Agente"), ("Se para.", "Límpielo.", "Gracias.")),
        (("Клиент", "Оператор"), ("Стоит.", "Протрите.", "Спасибо.")),
    ],
)
def test_all_languages_read_the_same(labels: tuple[str, str], words: tuple[str, str, str]) -> None:
    for stamp in ("", "[10:02] "):
        lines = (f"{stamp}{labels[at % 2]}：{text}" for at, text in enumerate(words))
        assert [text for _, text in said(read("\n".join(lines)))] == list(words)
        turns = read("\n".join(f"{stamp}{labels[at % 2]}: {text}" for at, text in enumerate(words))).turns
        assert [turn.speaker for turn in turns] == [CUSTOMER, AGENT, CUSTOMER]


RECORD = """Chat transcript (resolved)
Case: C-1
Tags: dock, E7

[10:02] Customer: It stops.
Battery is full.
[10:03] Agent: First line.

Second paragraph.
[10:05] Customer: Thanks.
[10:06] Agent: Bye.

Follow-up: part sent.

Rating: 5
"""


def test_what_stands_around_the_turns_is_kept_apart() -> None:
    found = read(RECORD)
    assert found.opening == ("Chat transcript (resolved)\nCase: C-1\nTags: dock, E7",)
    assert found.closing == ("Follow-up: part sent.", "Rating: 5")
    assert (found.resolved, found.tags) == (True, ("dock", "E7"))
    assert [turn.text for turn in found.turns][:2] == ["It stops.\nBattery is full.", "First line.\nSecond paragraph."]
    assert [turn.time for turn in found.turns] == ["10:02", "10:03", "10:05", "10:06"]
    assert found.time == "10:02"


def test_the_customers_last_words_are_no_record() -> None:
    text = "10:02 Agent: Hello.\n10:03 Customer: It stops.\n10:04 Customer: One.\n\nTwo words more."
    assert read(text).closing == ()
    assert read(text).turns[-1].text == "One.\nTwo words more."


@pytest.mark.parametrize(
    ("line", "resolved"),
    [
        ("Status: resolved", True),
        ("状态：已解决", True),
        ("語言：繁體中文　狀態：已結案", True),
        ("チャット記録（解決済み）", True),
        ("Status: open", False),
        ("状态:处理中", False),
        ("Channel: chat", None),
    ],
)
def test_the_record_says_whether_it_is_resolved(line: str, resolved: bool | None) -> None:
    assert read(f"{line}\n\n{LAYOUTS['time and label']}").resolved is resolved


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("Tags: a, b", ("a", "b")),
        ("标签：退货、花呗", ("退货", "花呗")),
        ("分類：電子發票／載具", ("電子發票", "載具")),
        ("タグ：E12、電池", ("E12", "電池")),
        ("标签:R3 / E7", ("R3", "E7")),
        ("Tag", ()),
    ],
)
def test_tags_of_the_record(line: str, tags: tuple[str, ...]) -> None:
    assert read(f"{LAYOUTS['time and label']}\n[10:06] Agent: Bye.\n\n{line}").tags == tags


def test_names_get_the_role_that_the_record_gives_them() -> None:
    text = (
        "参与者：顾客 韩女士(昵称“小满”)；人工客服 若溪\n\n"
        "[10:02] 小满：停了\n[10:03] 若溪：请清洁。\n[10:04] 阿柯：我也在。\n[10:05] 小满：好了"
    )
    assert [turn.speaker for turn in read(text).turns] == [CUSTOMER, AGENT, UNKNOWN, CUSTOMER]
    assert [turn.name for turn in read(text).turns] == ["小满", "若溪", "阿柯", "小满"]


def test_names_without_a_role_stay_unknown() -> None:
    text = "10:02 Lena: It stops.\n10:03 Tom: Clean it.\n10:04 Lena: Thanks.\n10:05 Tom: Bye."
    assert {turn.speaker for turn in read(text).turns} == {UNKNOWN}


def test_unknown_names_between_roles_are_turns_of_their_own() -> None:
    text = "Customer: It stops.\nAgent: Clean it.\nLena: I know better.\nCustomer: Who?\nLena: Me.\nAgent: Bye."
    assert [turn.speaker for turn in read(text).turns] == [CUSTOMER, AGENT, UNKNOWN, CUSTOMER, UNKNOWN, AGENT]


def test_an_aside_between_turns_is_the_systems() -> None:
    text = "10:02 Customer: It stops.\n10:03 Agent: Tomorrow.\n\n（next day）\n10:04 Agent: Clean it."
    assert read(text).turns[2].speaker is SYSTEM
    assert read(text).turns[2].text == "（next day）"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Press the button.\n\nWait.",
        "[10:02] Customer: It stops.\n[10:03] Agent: Clean it.",  # too few
        "10:02:11 INFO: started\n10:02:12 WARN: slow\n10:02:13 ERROR: failed\n10:02:14 INFO: stopped",
        "09:00 Opening: welcome\n10:00 Talk: robots\n11:00 Panel: filters\n12:00 Lunch: soup",
        "Note: use a dry cloth.\nNote: not wet.\nNote: never hot.",
        "Customer: whoever buys.\n\n" + "A long text about something else.\n\n" * 12,
        "Q: How?\nA: So.\nQ: When?\nA: Now.",
        "Order by 14:00 for express.\nOrder by 15:00 else.\nClosed at 18:00 on Fridays.",
    ],
)
def test_other_texts_are_no_conversations(text: str) -> None:
    assert read_plain_text(text) is None
