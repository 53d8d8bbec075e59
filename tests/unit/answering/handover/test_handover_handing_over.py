from __future__ import annotations

import pytest

from engine.answering.handover.handing_over import handoff, reason_so_far
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.handoff import HandoffReason, Priority, Queue
from engine.languages.registry import profiles
from tests.builders import asked, passage

HUMAN = (Turn(Role.CUSTOMER, "get me a human"), Turn(Role.ASSISTANT, "Of course.", TurnAction.HANDOFF))


@pytest.mark.parametrize(
    ("reason", "text", "queue", "priority"),
    [
        (HandoffReason.REQUESTED, "human please, my parcel is lost", Queue.DELIVERY, Priority.NORMAL),
        (HandoffReason.NO_KNOWLEDGE, "Do you sell pans?", Queue.GENERAL, Priority.NORMAL),
        (HandoffReason.EMOTION, "a scam!! I want my refund", Queue.RETURNS, Priority.HIGH),
        (HandoffReason.REPEATED_FAILURE, "still error E7", Queue.TECHNICAL, Priority.HIGH),
        (HandoffReason.POLICY, "my lawyer wants the refund", Queue.COMPLAINTS, Priority.HIGH),
        (HandoffReason.POLICY, "I burned my hand", Queue.SAFETY, Priority.URGENT),
        (HandoffReason.EMOTION, "my lawyer calls it a scam!!", Queue.COMPLAINTS, Priority.HIGH),
    ],
)
def test_the_queue_and_priority_follow_from_the_matter(
    reason: HandoffReason, text: str, queue: Queue, priority: Priority
) -> None:
    found = handoff(reason, text, (), language="en")
    assert (found.reason, found.queue, found.priority) == (reason, queue, priority)


def test_facts_of_the_whole_conversation_are_collected() -> None:
    history = asked("my R3 shows E7", "order MV-2026-004811")
    manual = passage("…", title="Drift R3: manual")
    found = handoff(HandoffReason.REQUESTED, "get me a human", history, language="en", passages=[manual])
    assert [fact.text for fact in found.facts] == ["Drift R3", "E7", "MV-2026-004811"]
    assert found.summary == "my R3 shows E7 / order MV-2026-004811"


def test_what_the_desk_said_is_no_fact() -> None:
    history = (Turn(Role.CUSTOMER, "hm"), Turn(Role.ASSISTANT, "such as MV-2026-004512"))
    assert handoff(HandoffReason.REQUESTED, "human", history, language="en").facts == ()


@pytest.mark.parametrize("code", sorted(profiles()))
def test_the_customer_is_told_in_their_language(code: str) -> None:
    found = handoff(HandoffReason.REQUESTED, "?", (), language=code)
    assert found.message == profiles()[code].phrases.handoff
    assert found.confirmed


def test_a_person_is_only_offered_where_the_knowledge_ends() -> None:
    found = handoff(HandoffReason.NO_KNOWLEDGE, "Do you sell pans?", (), language="en")
    assert (found.confirmed, found.message) == (False, "")


def test_nothing_more_is_said_once_a_person_is_in_charge() -> None:
    assert handoff(HandoffReason.REQUESTED, "and my name is Ann", HUMAN, language="en").message == ""


def test_the_reason_of_a_hand_over_is_found_again() -> None:
    angry = (Turn(Role.CUSTOMER, "Liars!! A scam"), Turn(Role.ASSISTANT, "…", TurnAction.HANDOFF))
    assert reason_so_far("hello?", angry) is HandoffReason.EMOTION
    assert reason_so_far("hello?", (Turn(Role.AGENT, "Hi"),)) is HandoffReason.REQUESTED
