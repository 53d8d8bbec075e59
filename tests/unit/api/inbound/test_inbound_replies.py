"""Events and tickets as questions, and each kind of answer as what the other system is to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from api.inbound import chatwoot, tickets
from api.schemas.inbound import ChatwootIn, TicketAction, TicketIn
from engine.domain.answer import Abstention, AbstentionReason, Answer, AnswerMode, AnswerText, Question
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.handoff import (
    Clarification,
    Fact,
    FactKind,
    Handoff,
    HandoffReason,
    Polarity,
    Priority,
    Queue,
    Sentiment,
)
from engine.errors import InvalidInput
from engine.languages.registry import profile_for

OVER = Handoff(
    HandoffReason.REQUESTED,
    Queue.RETURNS,
    Priority.HIGH,
    "Wants to return a kettle.",
    (Fact(FactKind.ORDER_NUMBER, "MV-2026-118420", "mv-2026-118420"),),
    Sentiment(Polarity.NEGATIVE, 2),
    message="A colleague takes over.",
)
OFFERED = replace(OVER, message="", confirmed=False)
PLAIN = Answer("c", Question("?", "?", "en"), AnswerText("30 days.", "en", AnswerMode.EXTRACTIVE), (), 0.9)
ASKED = replace(PLAIN, text=None, clarify=Clarification("Which one?", ("A", "B")))
UNKNOWN = replace(PLAIN, text=None, abstained=Abstention(AbstentionReason.NO_EVIDENCE, "I do not know."))
SILENT = replace(PLAIN, text=None, handoff=replace(OVER, message=""))


def event(**fields: Any) -> ChatwootIn:
    whole = {
        "event": "message_created",
        "message_type": "incoming",
        "content": "How long may I return it?",
        "account": {"id": 3},
        "conversation": {"id": 42, "status": "pending"},
        **fields,
    }
    return ChatwootIn.model_validate(whole)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, ""),
        ({"message_type": 0}, ""),
        ({"private": False}, ""),
        ({"content": None}, ""),
        ({"event": "conversation_resolved"}, "not a new message"),
        ({"event": "message_updated"}, "not a new message"),
        ({"message_type": "outgoing"}, "not the customer's message"),
        ({"message_type": 1}, "not the customer's message"),
        ({"message_type": None}, "not the customer's message"),
        ({"message_type": "template"}, "not the customer's message"),
        ({"private": True}, "not the customer's message"),
        ({"conversation": {"id": 42, "status": "open"}}, "a person is in charge"),
        ({"conversation": {"id": 42, "status": "snoozed"}}, "a person is in charge"),
        ({"conversation": {"id": 42}}, "a person is in charge"),
    ],
    ids=str,
)
def test_only_new_words_of_customers_whom_the_bot_has_are_answered(fields: dict[str, Any], why: str) -> None:
    assert chatwoot.ignored(event(**fields)) == why


def test_conversations_of_different_accounts_are_different() -> None:
    one, other = chatwoot.question_of(event()), chatwoot.question_of(event(account={"id": 4}))
    assert (one.question, one.conversation_id) == ("How long may I return it?", "chatwoot:3:42")
    assert other.conversation_id == "chatwoot:4:42"


MESSAGES, STATUS = "/api/v1/accounts/3/conversations/42/messages", "/api/v1/accounts/3/conversations/42/toggle_status"


@pytest.mark.parametrize(
    ("answer", "calls"),
    [
        (PLAIN, [(MESSAGES, "30 days.")]),
        (ASKED, [(MESSAGES, "Which one?\n- A\n- B")]),
        (UNKNOWN, [(MESSAGES, "I do not know.")]),
        (replace(UNKNOWN, handoff=OFFERED), [(MESSAGES, "I do not know.")]),
        (replace(PLAIN, handoff=OVER), [(MESSAGES, "30 days.\nA colleague takes over."), (STATUS, "open")]),
        (replace(PLAIN, text=None, handoff=OVER), [(MESSAGES, "A colleague takes over."), (STATUS, "open")]),
        (SILENT, [(STATUS, "open")]),
        (replace(PLAIN, text=None), []),
    ],
    ids=["answer", "question back", "unknown", "offer", "answer and person", "person", "silent person", "nothing"],
)
def test_an_answer_becomes_calls_of_chatwoot_in_their_order(answer: Answer, calls: list[tuple[str, str]]) -> None:
    found = chatwoot.reply_of(event(), answer).model_dump(mode="json")
    assert [(each["path"], each["body"].get("content", each["body"].get("status"))) for each in found["calls"]] == calls
    assert {each["method"] for each in found["calls"]} <= {"POST"}
    assert found["answer"]["confidence"] == 0.9


def test_a_photograph_goes_to_people_without_a_word() -> None:
    found = chatwoot.to_people(event(content=None))
    assert ([each.path for each in found.calls], found.answer, found.ignored) == ([STATUS], None, "")


def ticket(*said: tuple[str, str], internal: tuple[int, ...] = (), **fields: Any) -> TicketIn:
    messages = [{"author": author, "text": text, "internal": at in internal} for at, (author, text) in enumerate(said)]
    return TicketIn.model_validate({"knowledge_base": "shop", "ticket_id": "T-1", "messages": messages, **fields})


def test_a_first_message_stands_under_its_subject_and_later_ones_do_not() -> None:
    first = tickets.question_of(ticket(("customer", "It leaks."), subject="Kettle"), limit=100)
    later = tickets.question_of(
        ticket(("customer", "It leaks."), ("agent", "Where?"), ("customer", "At the lid."), subject="Kettle"), limit=100
    )
    assert (first.question, first.history, first.channel) == ("Kettle\n\nIt leaks.", (), "email")
    assert (later.question, len(later.history)) == ("At the lid.", 2)


def test_notes_and_empty_messages_are_no_part_of_the_talk() -> None:
    asked = tickets.question_of(
        ticket(
            ("customer", "It leaks."),
            ("agent", "VIP, be generous"),
            ("agent", " "),
            ("customer", "Well?"),
            internal=(1,),
        ),
        limit=100,
    )
    assert asked.history == (Turn(Role.CUSTOMER, "It leaks."),)


def test_what_is_too_long_is_cut_at_its_end_with_its_subject_in_front() -> None:
    asked = tickets.question_of(ticket(("customer", "x" * 500), subject="Kettle"), limit=20)
    assert asked.question == "Kettle\n\n" + "x" * 12


@pytest.mark.parametrize("language", ["en", "ja", "ar", "zh-Hant"])
def test_what_we_asked_back_in_a_mail_is_recognised(language: str) -> None:
    back = f"{profile_for(language).phrases.clarify}\n- A\n- B"
    asked = tickets.question_of(ticket(("customer", "?!"), ("assistant", back), ("customer", "A")), limit=100)
    assert [turn.action for turn in asked.history] == [None, TurnAction.CLARIFY]


@pytest.mark.parametrize(
    "said", [[("agent", "Hello.")], [("customer", "Hm?"), ("agent", "Yes.")], [("customer", "\u3000")]]
)
def test_a_ticket_that_waits_for_nobody_is_refused(said: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidInput, match="customer has not written last") as caught:
        tickets.question_of(ticket(*said), limit=100)
    assert caught.value.remedy == "Send tickets that wait for an answer."


@pytest.mark.parametrize(
    ("answer", "action", "reply", "status"),
    [
        (PLAIN, TicketAction.REPLY, "30 days.", "pending"),
        (ASKED, TicketAction.ASK, "Which one?\n- A\n- B", "pending"),
        (replace(PLAIN, handoff=OFFERED), TicketAction.REPLY, "30 days.", "pending"),
        (replace(PLAIN, handoff=OVER), TicketAction.HAND_OVER, "30 days.\nA colleague takes over.", "open"),
        (replace(PLAIN, text=None, handoff=OVER), TicketAction.HAND_OVER, "A colleague takes over.", "open"),
        (SILENT, TicketAction.HAND_OVER, None, "open"),
        (UNKNOWN, TicketAction.HAND_OVER, None, "open"),
        (replace(UNKNOWN, handoff=OFFERED), TicketAction.HAND_OVER, None, "open"),
        (replace(PLAIN, text=None), TicketAction.HAND_OVER, None, "open"),
    ],
    ids=["answer", "question", "offer", "both", "person", "silent", "unknown", "unknown and offer", "nothing"],
)
def test_an_answer_becomes_what_to_do_with_the_ticket(
    answer: Answer, action: TicketAction, reply: str | None, status: str
) -> None:
    found = tickets.reply_of(ticket(("customer", "?!")), answer)
    assert (found.ticket_id, found.action, found.reply, found.status) == ("T-1", action, reply, status)
    assert (found.note is not None) == (action is TicketAction.HAND_OVER)


def test_people_are_told_why_what_about_and_what_is_known() -> None:
    found = tickets.reply_of(ticket(("customer", "?!")), replace(UNKNOWN, handoff=OVER))
    assert found.note == (
        "Not answered: no_evidence.\nWhy: requested.\nWants to return a kettle.\norder_number: MV-2026-118420"
    )
    assert (found.queue, found.priority) == (Queue.RETURNS, Priority.HIGH)
