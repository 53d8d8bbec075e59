"""Personal data leaves a conversation before anything is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingestion.transcripts.conversation import Conversation, Turn
from ingestion.transcripts.plain_text import read_plain_text
from ingestion.transcripts.scrubbing import scrubbed
from tests.unit.ingestion.transcripts.chats import AGENT, CUSTOMER, UNKNOWN, chat

CHATS = {
    "en": (
        "Case: C-1, order MV-2026-001387\n\n[10:02] Customer (Helen Park): Hi, I am at jo@example.com\n"
        "[10:03] Agent (Tomas): Good morning Helen, Tomas here. Shall I call 212-555-0187?\n"
        "[10:04] Customer: Yes, 212-555-0187.",
        ["Helen", "Park", "Tomas", "jo@example.com", "555-0187"],
        "Good morning [name 3], [name 2] here. Shall I call [phone 1]?",
    ),
    "zh-Hans": (
        "参与者：顾客 韩先生(昵称“小满”)；人工客服 若溪\n订单：MV-2026-004027\n\n10:02 小满：我的手机13812345678\n"
        "10:03 若溪：韩先生您好，我是若溪，小满您好。\n10:04 小满：好的",
        ["韩先生", "小满", "若溪", "13812345678"],
        "",
    ),
    "zh-Hant": (
        "對話成員：顧客 周小姐／客服專員 育誠\n訂單編號：MV-2026-002874\n\n20:14 周小姐：你好，我的手機0912-345-678\n"
        "20:15 育誠：周小姐早安，我是育誠。\n20:16 周小姐：好",
        ["周小姐", "育誠", "0912-345-678"],
        "",
    ),
    "ja": (
        "商品：Drift R3（注文番号 MV-2025-098120）\n\n[10:12] お客様（佐藤様）：090-1234-5678に電話してください\n"
        "[10:17] 担当（三浦）：佐藤様、お待たせいたしました。三浦と申します。\n[10:18] お客様（佐藤様）：はい",
        ["佐藤", "三浦", "090-1234-5678"],
        "",
    ),
}


def read(language: str) -> Conversation:
    found = read_plain_text(CHATS[language][0])
    assert found is not None
    return found


def everything(conversation: Conversation) -> str:
    names = (turn.name for turn in conversation.turns)
    parts = (
        conversation.title,
        *conversation.tags,
        *conversation.opening,
        conversation.text,
        *conversation.closing,
        *names,
    )
    return "\n".join(parts)


@pytest.mark.parametrize("language", sorted(CHATS))
def test_nothing_personal_is_left_anywhere(language: str) -> None:
    left = everything(scrubbed(read(language)))
    assert [value for value in CHATS[language][1] if value in left] == []
    assert "MV-20" in left  # an order number is no personal data


@pytest.mark.parametrize("language", sorted(CHATS))
def test_again_changes_nothing(language: str) -> None:
    once = scrubbed(read(language))
    assert scrubbed(once) == once


@pytest.mark.parametrize("language", sorted(CHATS))
def test_the_language_is_found(language: str) -> None:
    assert scrubbed(read(language)).language == language


def test_one_numbering_for_the_whole_conversation() -> None:
    turns = scrubbed(read("en")).turns
    assert turns[1].text.count("[phone 1]") == turns[2].text.count("[phone 1]") == 1


def test_speakers_of_known_roles_lose_their_name_and_others_get_a_number() -> None:
    found = scrubbed(
        Conversation(
            (
                Turn(CUSTOMER, "It stops.", name="Mia"),
                Turn(AGENT, "Hello Mia.", name="Tom"),
                Turn(UNKNOWN, "Tom?", name="Lena"),
            ),
            language="en",
        )
    )
    assert [turn.name for turn in found.turns] == ["", "", "[name 2]"]
    assert [turn.text for turn in found.turns] == ["It stops.", "Hello [name 1].", "[name 3]?"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Will Smith", "Will you come, Smith?", "Will you come, [name 1]?"),
        ("May", "May I help?", "[name 1] I help?"),
        ("Al", "Alright, Al", "Alright, Al"),
        ("周", "上周发货", "上周发货"),
        ("Agent Anna", "Anna said so", "[name 1] said so"),
        ("Anna (agent)", "Anna said so", "[name 1] said so"),
        ("Support", "Support is here", "Support is here"),
        ("Herr Groß", "Groß ist groß", "[name 1] ist groß"),
        ("", "Nothing.", "Nothing."),
    ],
)
def test_names_of_labels_in_the_text(name: str, text: str, expected: str) -> None:
    conversation = Conversation((Turn(CUSTOMER, text, name=name),), language="en")
    assert scrubbed(conversation).turns[0].text == expected


@pytest.mark.parametrize("identity", ["C-1", "", "11", "会话-7"])
def test_an_id_stays(identity: str) -> None:
    assert scrubbed(replace(chat("c: Hi", "a: Hi"), id=identity)).id == identity


def test_an_id_with_personal_data_becomes_a_hash() -> None:
    first, second = (scrubbed(replace(chat("c: Hi"), id=name)).id for name in ("jo@example.com", "al@example.com"))
    assert first != second
    assert "@" not in first + second


def test_lines_above_that_name_no_person_stay() -> None:
    opening = ("满谷生活 在线客服记录\n窓口：ウェブチャット\nAgent notes below\nCustomer: satisfied",)
    assert scrubbed(replace(chat("c: It stops."), opening=opening)).opening == opening
