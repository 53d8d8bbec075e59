from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.answering.acting import Acting, said_turns
from engine.answering.extract import extract
from engine.domain.answer import (
    Abstention,
    AbstentionReason,
    Answer,
    AnswerMode,
    AnswerText,
    Question,
)
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.handoff import Clarification, Handoff, HandoffReason, Polarity, Priority, Queue, Sentiment
from engine.domain.search import Passage
from tests.builders import asked, passage

TABLE = passage("Part: battery; Warranty: 1 year\nPart: motor; Warranty: 3 years", title="Warranty")
HUMAN = (Turn(Role.CUSTOMER, "get me a human"), Turn(Role.ASSISTANT, "Of course.", TurnAction.HANDOFF))
NONE = AbstentionReason.NO_EVIDENCE


def acting(text: str, history: tuple[Turn, ...] = (), *, answer_anyway: bool = False) -> Acting:
    return Acting(text, text, "en", history, (TABLE,), answer_anyway)


def reason(handoff: Handoff | None) -> HandoffReason | None:
    return handoff.reason if handoff else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("get me a human", HandoffReason.REQUESTED),
        ("Liars!! A scam", HandoffReason.EMOTION),
        ("I burned my hand", None),
        ("How long is the warranty?", None),
    ],
)
def test_a_hand_over_takes_the_place_of_an_answer(text: str, expected: HandoffReason | None) -> None:
    assert reason(acting(text).instead()) is expected


def test_an_answer_to_something_serious_comes_with_a_hand_over() -> None:
    assert reason(acting("I burned my hand").beside(None)) is HandoffReason.POLICY


def test_the_agent_is_not_talked_over_unless_asked_to() -> None:
    assert reason(acting("How long is the warranty?", HUMAN).instead()) is HandoffReason.REQUESTED
    assert acting("How long is the warranty?", HUMAN, answer_anyway=True).instead() is None
    assert acting("How long is the warranty?", HUMAN, answer_anyway=True).beside(NONE) is None


@pytest.mark.parametrize(
    ("text", "abstained", "expected"),
    [
        ("Do you sell pans?", NONE, HandoffReason.NO_KNOWLEDGE),
        ("Do you sell pans?", AbstentionReason.LOW_CONFIDENCE, HandoffReason.NO_KNOWLEDGE),
        ("Do you sell pans?", AbstentionReason.UNSAFE, None),
        ("Do you sell pans?", None, None),
        ("thanks, that helped!", NONE, None),
        ("🙂", NONE, None),
    ],
)
def test_where_the_knowledge_ends_a_person_is_offered(
    text: str, abstained: AbstentionReason | None, expected: HandoffReason | None
) -> None:
    assert reason(acting(text).beside(abstained)) is expected


def test_the_second_time_a_person_takes_over() -> None:
    before = (Turn(Role.CUSTOMER, "pots?"), Turn(Role.ASSISTANT, "Sorry.", TurnAction.ABSTAIN))
    assert reason(acting("Do you sell pans?", before).beside(NONE)) is HandoffReason.REPEATED_FAILURE


def test_a_question_back_is_never_asked_twice_in_a_row() -> None:
    question = "How long is the warranty?"
    extraction = extract(question, "en", (TABLE,))
    back = (Turn(Role.CUSTOMER, question), Turn(Role.ASSISTANT, "Which?\n- battery\n- motor", TurnAction.CLARIFY))
    assert acting(question).clarify(extraction) is not None
    assert acting(question, back).clarify(extraction) is None


def test_thanks_are_no_reason_to_ask_back() -> None:
    text = "thanks, warranty is clear"
    assert acting(text).clarify(extract(text, "en", (TABLE,))) is None


def test_the_evidence_for_a_chosen_option_is_its_row() -> None:
    back = (Turn(Role.CUSTOMER, "warranty?"), Turn(Role.ASSISTANT, "Which?\n- battery\n- motor", TurnAction.CLARIFY))
    chosen = acting("the motor", back).chosen()
    assert chosen is not None
    assert chosen.quotes[0].text == "Part: motor; Warranty: 3 years"
    assert acting("the motor", back).decided
    assert not acting("no idea", back).decided
    assert not acting("the motor").decided
    assert acting("the motor").chosen() is None
    assert acting("no idea", back).chosen() is None


def answered(
    *,
    text: str = "",
    abstained: str = "",
    clarify: Clarification | None = None,
    handoff: Handoff | None = None,
) -> Answer:
    return Answer(
        "c",
        Question("hm?", "hm?", "en"),
        AnswerText(text, "en", AnswerMode.EXTRACTIVE) if text else None,
        (),
        0.5,
        abstained=Abstention(NONE, abstained) if abstained else None,
        clarify=clarify,
        handoff=handoff,
    )


def over(message: str, *, confirmed: bool = True) -> Handoff:
    calm = Sentiment(Polarity.NEUTRAL, 3)
    return Handoff(
        HandoffReason.REQUESTED, Queue.GENERAL, Priority.NORMAL, "hm", (), calm, message, confirmed=confirmed
    )


def test_the_passages_of_a_chosen_product_answer_what_was_asked_before() -> None:
    kettle = passage("Descale it every 2 months.", title="Breva K2 kettle: manual", document="k2")
    machine = passage("Descale it after 200 cups.", title="Cora C1 machine: manual", document="c1")
    back = Turn(Role.ASSISTANT, "Which?\n- Breva K2\n- Cora C1", TurnAction.CLARIFY)
    history = (Turn(Role.CUSTOMER, "How often should I descale?"), back)
    passages = (machine, kettle, TABLE)

    def wanted(text: str) -> tuple[str, Sequence[Passage]]:
        return Acting(text, f"standalone: {text}", "en", history, passages).wanted()

    assert wanted("the Breva K2") == ("How often should I descale?", [kettle])
    assert wanted("no idea") == ("standalone: no idea", passages)
    table = Turn(Role.ASSISTANT, "Which?\n- motor\n- battery", TurnAction.CLARIFY)
    chosen = Acting("motor", "standalone", "en", (history[0], table), passages)
    assert chosen.wanted() == ("standalone", passages)


@pytest.mark.parametrize(
    ("answer", "told", "action"),
    [
        (answered(text="30 days."), "30 days.", None),
        (answered(abstained="Sorry."), "Sorry.", TurnAction.ABSTAIN),
        (answered(abstained="Sorry.", handoff=over("", confirmed=False)), "Sorry.", TurnAction.ABSTAIN),
        (answered(abstained="Sorry.", handoff=over("Wait.")), "Wait.", TurnAction.HANDOFF),
        (answered(handoff=over("Wait.")), "Wait.", TurnAction.HANDOFF),
        (answered(text="Cool it.", handoff=over("Wait.")), "Cool it.\nWait.", TurnAction.HANDOFF),
        (answered(clarify=Clarification("Which?", ("a", "b"))), "Which?\n- a\n- b", TurnAction.CLARIFY),
    ],
)
def test_what_the_customer_was_told_is_remembered(answer: Answer, told: str, action: TurnAction | None) -> None:
    assert said_turns(answer, ()) == (Turn(Role.CUSTOMER, "hm?"), Turn(Role.ASSISTANT, told, action))


def test_while_a_person_is_in_charge_only_the_customer_speaks() -> None:
    assert said_turns(answered(handoff=over("")), HUMAN) == (Turn(Role.CUSTOMER, "hm?", TurnAction.HANDOFF),)


def test_a_plain_conversation_stays_plain() -> None:
    assert said_turns(answered(text="Yes."), asked("hello?"))[0].action is None
