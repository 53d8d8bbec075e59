"""Conversations end to end: questions back, hand-over, resuming."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.answering.request import AnswerRequest
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.handoff import FactKind, HandoffReason
from tests.unit.engine.desk import KB, Desk, open_desk, page

WARRANTY = "Warranty periods\n\nPart: battery; Warranty: 1 year\nPart: motor; Warranty: 3 years"
QUESTION = "How long is the warranty?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        opened.add(
            page("warranty", WARRANTY, title="Warranty"),
            page("delivery", "A parcel to Norway takes 5–9 working days.", title="Delivery"),
            page("first-aid", "A burned hand: cool it with water for 20 minutes.", title="Burns"),
        )
        yield opened


def test_the_reply_to_a_question_back_gets_the_answer(desk: Desk) -> None:
    asked = desk.ask(QUESTION)
    assert asked.clarify is not None
    assert asked.clarify.options == ("battery", "motor")
    assert (asked.text, asked.abstained, asked.handoff) == (None, None, None)
    reply = desk.ask("2", conversation=asked.conversation_id)
    assert reply.question.standalone == f"{QUESTION} motor"
    assert reply.text is not None
    assert "3 years" in reply.text.text
    (citation,) = reply.citations
    assert citation.span.of(desk.stored(citation.document_id, citation.version)) == citation.quote


def test_a_conversation_that_is_sent_whole_says_what_was_asked_back(desk: Desk) -> None:
    back = Turn(Role.ASSISTANT, "Which of these?\n- battery\n- motor", TurnAction.CLARIFY)
    reply = desk.ask("the battery", history=(Turn(Role.CUSTOMER, QUESTION), back))
    assert reply.text is not None
    assert "1 year" in reply.text.text


def test_after_a_hand_over_the_engine_is_silent_until_asked_to_answer(desk: Desk) -> None:
    over = desk.ask("Get me a human, order MV-2026-004811")
    assert over.handoff is not None
    assert (over.handoff.reason, over.handoff.confirmed) == (HandoffReason.REQUESTED, True)
    assert over.handoff.message
    assert over.text is None
    conversation = over.conversation_id
    quiet = desk.ask("How long does a parcel to Norway take? My phone is +44 20 7946 0142", conversation=conversation)
    assert (quiet.text, quiet.abstained, quiet.clarify, quiet.citations) == (None, None, None, ())
    assert quiet.handoff is not None
    assert quiet.handoff.message == ""
    assert {fact.kind for fact in quiet.handoff.facts} == {FactKind.ORDER_NUMBER, FactKind.PHONE}
    anyway = AnswerRequest(
        "How many working days does a parcel to Norway take?",
        conversation_id=conversation,
        threshold=0.0,
        after_handoff=True,
    )
    answer = desk.engine.answer(KB, anyway)
    assert answer.text is not None
    assert "5–9 working days" in answer.text.text


def test_a_hand_over_is_not_forgotten_in_a_long_conversation(desk: Desk) -> None:
    conversation = desk.ask("Get me a human").conversation_id
    for _ in range(40):
        desk.ask("hello?", conversation=conversation)
    assert desk.ask("How long does a parcel to Norway take?", conversation=conversation).text is None
    turns = desk.engine.parts.conversations.history(conversation)
    assert [turn.role for turn in turns].count(Role.ASSISTANT) == 1


def test_an_agent_who_has_written_is_not_talked_over(desk: Desk) -> None:
    history = (Turn(Role.CUSTOMER, "Hello"), Turn(Role.AGENT, "Ben here, how can I help?"))
    answer = desk.ask("How many working days does a parcel to Norway take?", history=history)
    assert answer.text is None
    assert answer.handoff is not None


def test_a_person_is_offered_and_comes_when_the_customer_says_yes(desk: Desk) -> None:
    offered = desk.ask("Who won the football match yesterday evening?", threshold=1.0)
    assert offered.abstained is not None
    assert offered.handoff is not None
    assert (offered.handoff.reason, offered.handoff.confirmed) == (HandoffReason.NO_KNOWLEDGE, False)
    agreed = desk.ask("yes please", conversation=offered.conversation_id)
    assert agreed.handoff is not None
    assert (agreed.handoff.reason, agreed.handoff.confirmed) == (HandoffReason.REQUESTED, True)
    assert agreed.handoff.summary == "Who won the football match yesterday evening?"


def test_an_injury_is_answered_and_handed_over(desk: Desk) -> None:
    answer = desk.ask("I burned my hand, for how many minutes should I cool it with water?")
    assert answer.text is not None
    assert answer.handoff is not None
    assert (answer.handoff.reason, answer.handoff.queue) == (HandoffReason.POLICY, "safety")
