"""Exports of help desks and the plain shape."""

from __future__ import annotations

import pytest

from ingestion.transcripts.exports import read_export
from tests.unit.ingestion.transcripts.chats import AGENT, BOT, CUSTOMER, SYSTEM, said

WHEN = 1_767_225_600  # 2026-01-01 00:00 UTC


def chatwoot(**message: object) -> dict[str, object]:
    return {"content": "x", "created_at": WHEN, **message}


CHATWOOT = {
    "data": {
        "payload": [
            {
                "id": 7,
                "status": "resolved",
                "labels": ["billing", "vip"],
                "messages": [
                    chatwoot(content="Charged twice?", message_type=0, sender={"name": "Jo", "type": "contact"}),
                    chatwoot(content="Ask him for cash", message_type=1, private=True, sender={"type": "user"}),
                    chatwoot(content="Conversation was assigned", message_type=2),
                    chatwoot(content="Please pick one", message_type=3),
                    chatwoot(content="I am a bot", message_type=1, sender={"type": "agent_bot"}),
                    chatwoot(content="It is a reservation.", message_type=1, sender={"name": "Ann", "type": "user"}),
                ],
            },
            {"id": 8, "status": "open", "messages": [chatwoot(message_type=0), chatwoot(message_type=1)]},
        ]
    }
}
ZENDESK = {
    "tickets": [
        {
            "id": 11,
            "subject": "Refund",
            "requester_id": 5,
            "status": "closed",
            "tags": ["refund"],
            "description": "Where is my refund?",
            "comments": [
                {"author_id": 5, "body": "Where is my refund?", "created_at": "2026-01-02T10:00:00Z"},
                {"author_id": 9, "html_body": "<p>It takes <b>5 days</b>.</p><p>Sent today.</p>", "public": True},
                {"author_id": 9, "body": "internal", "public": False},
            ],
        },
        {
            "id": 12,
            "requester_id": 6,
            "description": "Broken lid",
            "comments": [{"author_id": 77, "plain_body": "We send a new one."}],
        },
    ],
    "users": [{"id": 5, "role": "end-user", "name": "Mia"}, {"id": 9, "role": "agent", "name": "Tom"}],
}
INTERCOM = {
    "type": "conversation",
    "id": "123",
    "state": "closed",
    "tags": {"type": "tag.list", "tags": [{"name": "reset"}]},
    "source": {"body": "<p>How do I reset <b>it</b>?</p>", "author": {"type": "user", "name": "Li"}},
    "conversation_parts": {
        "type": "conversation_part.list",
        "conversation_parts": [
            {"part_type": "note", "body": "<p>he is new</p>", "author": {"type": "admin"}},
            {"part_type": "assignment", "body": "to Kim", "author": {"type": "bot"}},
            {
                "part_type": "comment",
                "body": "<p>Hold the button.</p>",
                "author": {"type": "admin"},
                "created_at": WHEN,
            },
        ],
    },
}


def test_chatwoot() -> None:
    first, second = read_export(CHATWOOT)
    assert (first.id, first.resolved, first.tags) == ("7", True, ("billing", "vip"))
    assert [turn.speaker for turn in first.turns] == [CUSTOMER, SYSTEM, BOT, BOT, AGENT]
    assert [turn.name for turn in first.turns][::4] == ["Jo", "Ann"]
    assert first.turns[0].time == "2026-01-01 00:00"
    assert "cash" not in first.text
    assert (second.id, second.resolved) == ("8", False)


def test_zendesk() -> None:
    first, second = read_export(ZENDESK)
    assert said(first) == [("customer", "Where is my refund?"), ("agent", "It takes 5 days.\nSent today.")]
    assert (first.title, first.resolved, first.tags, first.time) == ("Refund", True, ("refund",), "2026-01-02 10:00")
    assert said(second) == [("customer", "Broken lid"), ("agent", "We send a new one.")]


def test_a_zendesk_chat_has_a_history() -> None:
    value = {
        "chats": [
            {
                "id": "c1",
                "history": [
                    {"type": "chat.msg", "sender_type": "Visitor", "name": "V 1", "msg": "Hi, my lid broke"},
                    {"type": "chat.msg", "sender_type": "Agent", "name": "Tom", "msg": "We send one."},
                    {"type": "chat.msg", "sender_type": "Trigger", "msg": "Rate us"},
                ],
            }
        ]
    }
    assert said(read_export(value)[0]) == [
        ("customer", "Hi, my lid broke"),
        ("agent", "We send one."),
        ("bot", "Rate us"),
    ]


def test_intercom() -> None:
    (found,) = read_export(INTERCOM)
    assert said(found) == [("customer", "How do I reset it?"), ("agent", "Hold the button.")]
    assert (found.id, found.resolved, found.tags) == ("123", True, ("reset",))


def test_the_plain_shape_alone_in_a_list_and_in_an_envelope() -> None:
    one = {"id": "a", "turns": [{"role": "customer", "text": "Q", "time": "10:02"}, {"role": "agent", "text": "A"}]}
    for value in (one, [one], {"conversations": [one]}):
        (found,) = read_export(value)
        assert said(found) == [("customer", "Q"), ("agent", "A")]
        assert (found.id, found.time, found.resolved) == ("a", "10:02", None)


@pytest.mark.parametrize(
    ("role", "key", "text"),
    [
        (("user", "assistant"), "content", "chat of a language model"),
        (("客户", "客服"), "内容", "中文"),
        (("お客様", "担当"), "本文", "日本語"),
        (("Kunde", "Berater"), "body", "Deutsch"),
    ],
)
def test_roles_and_keys_in_any_language(role: tuple[str, str], key: str, text: str) -> None:
    value = {"messages": [{"role": who, key: f"{text} {at}"} for at, who in enumerate(role)]}
    speakers = [turn.speaker for turn in read_export(value)[0].turns]
    assert speakers == [CUSTOMER, BOT if role[1] == "assistant" else AGENT]


def test_messages_that_stand_alone_are_grouped_in_order() -> None:
    rows = [
        {"conversation_id": "b", "speaker": "customer", "text": "One?"},
        {"conversation_id": "a", "speaker": "customer", "text": "Two?"},
        {"conversation_id": "b", "speaker": "agent", "text": "Yes."},
        {"conversation_id": "a", "direction": "outbound", "text": "No."},
    ]
    found = read_export(rows)
    assert [(each.id, [turn.text for turn in each.turns]) for each in found] == [
        ("b", ["One?", "Yes."]),
        ("a", ["Two?", "No."]),
    ]
    assert found[1].turns[1].speaker is AGENT


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        3,
        [],
        {},
        [{"sku": "GRD-1", "name": "Trowel", "price": "12.5"}],
        {"title": "Page", "comments": [{"author": "Lena", "body": "Nice"}, {"author": "Tom", "body": "Thanks"}]},
        [{"author": "Lena", "content": "An article about robots."}, {"author": "Tom", "content": "Another."}],
        [{"question": "How?", "answer": "So."}],
        {"turns": "none"},
        {"messages": [{"role": "customer", "text": ""}]},
        {"data": {"data": {"data": {"data": {"data": {"data": [{"turns": []}]}}}}}},
        [{"from": "customer", "text": "only one side"}, {"from": "customer", "text": "again"}],
    ],
)
def test_other_values_hold_no_conversations(value: object) -> None:
    assert read_export(value) == ()


def test_empty_lines_in_a_message_go() -> None:
    value = {"turns": [{"role": "customer", "text": "a\n\n\nb \n \nc"}, {"role": "agent", "text": "d"}]}
    assert read_export(value)[0].turns[0].text == "a\nb\nc"
