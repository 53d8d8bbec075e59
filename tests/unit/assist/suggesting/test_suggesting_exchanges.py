from __future__ import annotations

import pytest

from engine.assist.suggesting.exchanges import past_exchanges

CHAT = """Chat transcript (resolved)
Case: C-26-1

[10:02] Customer: Hi. My R3 stops.
It says E7.
[10:02] Bot: E7 means that the dock is not found.
[10:03] Customer: I know. A person please
[10:06] Agent: Good morning [name 1]. Is there a mirror in the hall?
[10:07] Agent: Hang a towel over it.
[10:08] Customer: It works
[10:09] Agent: With pleasure.

Follow-up note: none."""


def pairs(text: str) -> list[tuple[str, str]]:
    return [(each.asked, each.reply.of(text)) for each in past_exchanges(text)]


def test_agents_replies_stand_beside_what_was_asked_without_small_talk() -> None:
    assert pairs(CHAT) == [
        ("Hi. My R3 stops.\nIt says E7. I know. A person please", "Is there a mirror in the hall?"),
        ("Hi. My R3 stops.\nIt says E7. I know. A person please", "Hang a towel over it."),
    ]


def test_the_bot_counts_where_no_person_spoke() -> None:
    assert pairs("Customer: How long?\nBot: 30 days.") == [("How long?", "30 days.")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "[2026-05-06 15:39:47] 顾客：运费谁出？\n[2026-05-06 15:40:31] 客服：由我们承担。",
            [("运费谁出？", "由我们承担。")],
        ),
        ("[10:27] お客様：お金は？\n[10:31] 担当：貸し出しは無料です。", [("お金は？", "貸し出しは無料です。")]),
        ("[10:27] 顧客：可以退嗎\n[10:31] 客服：可以，30 天內都能退。", [("可以退嗎", "可以，30 天內都能退。")]),
        ("Agent: Hello, this is Mia.\nCustomer: Thanks", []),
        ("Note: nobody speaks here.", []),
        ("", []),
    ],
)
def test_labels_of_several_languages(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found
