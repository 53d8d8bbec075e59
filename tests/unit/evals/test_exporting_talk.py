"""Questions and dialogues from a conversation: what needs its history, what is left out, what a person must look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.exchange import Exchange
from engine.domain.feedback import Feedback, Verdict
from engine.domain.handoff import HandoffReason
from engine.domain.knowledge import KnowledgeBase
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import KnowledgeRepository
from evals.datasets.rows import GoldenKind
from evals.exporting.expectation import LeftOut
from evals.exporting.talk import Talk, dialogue_row, question_rows
from tests.fakes.repositories import database, exchange, publish

QUOTE = "It lasts 24 months."
FIRST = exchange("one")
SECOND = exchange("two", question="And the motor?", standalone="How long is the warranty? And the motor?")


@pytest.fixture(scope="module")
def knowledge() -> Iterator[KnowledgeRepository]:
    with database() as engine:
        repository = SqlKnowledgeRepository(engine)
        repository.add_knowledge_base(KnowledgeBase("kb"))
        publish(repository, "d", QUOTE, ends=(len(QUOTE),))
        yield repository


def talk(*said: Exchange, **verdicts: Verdict) -> Talk:
    """Return a conversation of exchanges, two turns each; verdicts are by answer id."""
    given = {
        answer: Feedback(answer, answer, verdict, "", None, "", datetime(2026, 7, 1, tzinfo=UTC))
        for answer, verdict in verdicts.items()
    }
    turns = [Turn(*turn) for each in said for turn in ((Role.CUSTOMER, each.question), (Role.ASSISTANT, each.answer))]
    placed = [replace(each, position=2 * number + 1) for number, each in enumerate(said)]
    return Talk(turns, placed, given)


def test_only_judged_answers_become_questions(knowledge: KnowledgeRepository) -> None:
    rows, left_out = question_rows(talk(FIRST, SECOND, one=Verdict.ACCEPTED), knowledge)
    (row,) = rows
    assert (row.text, row.kind, row.documents, row.answers) == (
        FIRST.question,
        GoldenKind.ANSWERABLE,
        ("d.md",),
        (QUOTE,),
    )
    assert (row.history, row.standalone, row.status, row.note) == ((), "", "approved", "")
    assert left_out == {}


def test_a_follow_up_has_its_history(knowledge: KnowledgeRepository) -> None:
    ((row,), _) = question_rows(talk(FIRST, SECOND, two=Verdict.SOLVED), knowledge)
    assert (row.text, row.standalone, row.kind) == (SECOND.question, SECOND.standalone, GoldenKind.FOLLOW_UP)
    assert [(turn.role, turn.text) for turn in row.history] == [
        (Role.CUSTOMER, FIRST.question),
        (Role.ASSISTANT, FIRST.answer),
    ]


def test_a_follow_up_whose_history_was_not_kept_is_asked_alone(knowledge: KnowledgeRepository) -> None:
    ((row,), _) = question_rows(talk(SECOND, two=Verdict.ACCEPTED), knowledge)
    assert (row.text, row.kind, row.history) == (SECOND.standalone, GoldenKind.ANSWERABLE, ())


def test_a_question_that_stands_alone_needs_no_history(knowledge: KnowledgeRepository) -> None:
    ((row,), _) = question_rows(talk(SECOND, FIRST, one=Verdict.ACCEPTED), knowledge)
    assert row.history == ()


def test_a_hand_over_is_judged_by_what_came_before(knowledge: KnowledgeRepository) -> None:
    over = exchange("three", question="yes", standalone="yes", answer="", citations=(), handoff=HandoffReason.REQUESTED)
    ((row,), _) = question_rows(talk(FIRST, over, three=Verdict.ACCEPTED), knowledge)
    assert (row.kind, row.hand_over, len(row.history)) == (GoldenKind.OUT_OF_SCOPE, True, 2)


def test_a_rejected_answer_waits_for_a_person(knowledge: KnowledgeRepository) -> None:
    ((row,), _) = question_rows(talk(FIRST, one=Verdict.REJECTED), knowledge)
    assert (row.status, row.note, row.answers) == ("proposed", f"Rejected: {QUOTE}", ())


def test_a_solved_conversation_is_a_dialogue(knowledge: KnowledgeRepository) -> None:
    ((row,), left_out) = dialogue_row(talk(FIRST, SECOND, two=Verdict.SOLVED), knowledge)
    assert [(turn.text, turn.kind, turn.answers) for turn in row.turns] == [
        (FIRST.question, GoldenKind.ANSWERABLE, (QUOTE,)),
        (SECOND.question, GoldenKind.FOLLOW_UP, (QUOTE,)),
    ]
    assert (row.status, row.language, left_out) == ("approved", "en", {})


def test_one_rejected_answer_puts_the_whole_dialogue_before_a_person(knowledge: KnowledgeRepository) -> None:
    ((row,), _) = dialogue_row(talk(FIRST, SECOND, one=Verdict.REJECTED, two=Verdict.SOLVED), knowledge)
    assert (row.status, row.note) == ("proposed", f"Turn 1. Rejected: {QUOTE}")


def test_the_reply_to_a_question_back_is_asked_alone(knowledge: KnowledgeRepository) -> None:
    back = replace(FIRST, answer_id="zero", clarified=True, answer="", citations=())
    ((row,), left_out) = dialogue_row(talk(back, SECOND, two=Verdict.SOLVED), knowledge)
    assert [(turn.text, turn.kind) for turn in row.turns] == [(SECOND.standalone, GoldenKind.ANSWERABLE)]
    assert left_out == {LeftOut.QUESTION_BACK: 1}


def test_what_is_said_to_a_person_is_left_out(knowledge: KnowledgeRepository) -> None:
    silent = exchange("three", question="Thanks", standalone="Thanks", answer="", citations=())
    said = talk(FIRST, silent, three=Verdict.SOLVED)
    in_charge = [*said.turns[:2], Turn(Role.CUSTOMER, "Thanks", TurnAction.HANDOFF)]
    said = replace(said, turns=in_charge)
    assert question_rows(said, knowledge) == ([], {LeftOut.IN_CHARGE: 1})
    ((row,), left_out) = dialogue_row(said, knowledge)
    assert (len(row.turns), left_out) == (1, {LeftOut.IN_CHARGE: 1})


def test_a_conversation_of_which_nothing_is_left_is_none(knowledge: KnowledgeRepository) -> None:
    back = replace(FIRST, clarified=True)
    assert dialogue_row(talk(back, one=Verdict.SOLVED), knowledge) == ([], {LeftOut.QUESTION_BACK: 1})


def test_ids_tell_answers_apart_and_name_no_conversation(knowledge: KnowledgeRepository) -> None:
    one = replace(FIRST, conversation_id="ann@example.com")
    (rows, _) = question_rows(talk(one, SECOND, one=Verdict.ACCEPTED, two=Verdict.ACCEPTED), knowledge)
    ((dialogue,), _) = dialogue_row(talk(one, one=Verdict.SOLVED), knowledge)
    ids = [*(row.id for row in rows), dialogue.id]
    assert len(set(ids)) == 3
    assert not any("ann" in each or "@" in each for each in ids)
