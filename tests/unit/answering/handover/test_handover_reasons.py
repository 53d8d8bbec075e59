from __future__ import annotations

import pytest

from engine.answering.handover.reasons import failures, handed_over, said_reason
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.handoff import HandoffReason
from engine.languages.registry import profiles
from tests.builders import asked

ABSTAINED = (Turn(Role.CUSTOMER, "Do you sell pans?"), Turn(Role.ASSISTANT, "Sorry.", TurnAction.ABSTAIN))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I burned my hand, get me a human", HandoffReason.POLICY),
        ("my lawyer will hear of this", HandoffReason.POLICY),
        ("get me a human, this is ridiculous!!", HandoffReason.REQUESTED),
        ("You are liars!! This is a scam", HandoffReason.EMOTION),
        ("How long is the warranty?", None),
        ("yes please", None),
    ],
)
def test_the_gravest_reason_counts(text: str, reason: HandoffReason | None) -> None:
    assert said_reason(text, ()) is reason


@pytest.mark.parametrize("code", sorted(profiles()))
def test_a_yes_to_the_offer_of_a_person_asks_for_one_in_every_language(code: str) -> None:
    offered = (Turn(Role.CUSTOMER, "?"), Turn(Role.ASSISTANT, profiles()[code].phrases.no_evidence))
    assert said_reason("yes please", offered) is HandoffReason.REQUESTED


def test_a_yes_to_anything_else_does_not() -> None:
    assert said_reason("yes please", asked("Do you ship abroad?")) is None
    assert said_reason("yes please", (*ABSTAINED, Turn(Role.CUSTOMER, "hm"))) is None


def test_nothing_has_failed_at_first() -> None:
    assert failures("It still doesn't work", ()) == 0
    assert said_reason("It still doesn't work", ()) is None


def test_one_answer_that_does_not_help_is_not_enough_two_are() -> None:
    once = asked("my robot shows E7")
    assert said_reason("still not working", once) is None
    assert said_reason("still not working", (*once, *asked("did that"))) is HandoffReason.REPEATED_FAILURE


def test_asking_the_same_again_says_that_it_did_not_help() -> None:
    history = asked("Where is my parcel?", "Where is my parcel")
    assert said_reason("where is my parcel??", history) is HandoffReason.REPEATED_FAILURE


def test_what_was_solved_since_does_not_count() -> None:
    history = (*asked("E7", "did that"), *asked("it works now, thanks"))
    assert failures("E4 now, still not working", history) == 1


def test_abstentions_count_by_themselves() -> None:
    assert failures("And pots?", ABSTAINED) == 1
    assert failures("And pots?", (*ABSTAINED, *ABSTAINED)) == 2


def test_a_question_back_is_no_failure() -> None:
    back = (Turn(Role.CUSTOMER, "How long?"), Turn(Role.ASSISTANT, "Which?", TurnAction.CLARIFY))
    assert failures("that does not help", back) == 0


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ((), False),
        (ABSTAINED, False),
        ((Turn(Role.CUSTOMER, "Hi"), Turn(Role.AGENT, "Hello, Ben here.")), True),
        ((Turn(Role.CUSTOMER, "human!"), Turn(Role.ASSISTANT, "Of course.", TurnAction.HANDOFF)), True),
        ((Turn(Role.CUSTOMER, "and?", TurnAction.HANDOFF),), True),
    ],
)
def test_a_person_is_in_charge_after_a_hand_over_or_when_one_has_written(
    turns: tuple[Turn, ...], expected: bool
) -> None:
    assert handed_over(turns) is expected
