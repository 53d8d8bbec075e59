"""One question under several thresholds: searched for once, answered as each alone would be, recorded once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from engine.answering.request import AnswerRequest
from engine.domain.answer import Answer
from engine.domain.conversation import Role, Turn
from engine.errors import InvalidInput
from engine.retrieval.hybrid import HybridRetriever
from tests.unit.engine.desk import KB, Desk, open_desk, page

QUESTIONS = ("How long are batteries covered?", "How long may I wait for a refund?", "I want to talk to a human.")
HISTORY = (Turn(Role.CUSTOMER, "I bought a Drift R3."),)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        opened.add(
            page("warranty", "All appliances are covered for two years. Batteries are covered for one year."),
            page("delivery", "Parcels arrive in one to three working days."),
        )
        yield opened


def request(question: str) -> AnswerRequest:
    return AnswerRequest(question, HISTORY)


def told(answer: Answer) -> tuple[object, ...]:
    """Return all of an answer but what is its own: ids and times."""
    return (
        answer.question,
        answer.text,
        answer.citations,
        answer.confidence,
        answer.abstained,
        answer.clarify,
        answer.handoff,
        answer.follow_ups,
        answer.conflicts,
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_is_the_answer_under_its_threshold(desk: Desk, question: str) -> None:
    thresholds = (1.0, 0.0, None, 0.5)
    found = list(desk.engine.answers(KB, request(question), thresholds))
    alone = [desk.ask(question, history=HISTORY, threshold=each) for each in thresholds]
    assert list(map(told, found)) == list(map(told, alone))


def test_a_threshold_withholds_what_none_gives(desk: Desk) -> None:
    withheld, given = desk.engine.answers(KB, request(QUESTIONS[0]), (1.0, 0.0))
    assert withheld.text is None
    assert withheld.abstained
    assert given.text
    assert "Batteries are covered for one year." in given.text.text
    assert withheld.confidence == given.confidence


def test_the_question_is_searched_for_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    searched, search = list[str](), HybridRetriever.search

    def counted(retriever: HybridRetriever, query: str, *rest: Any, **options: Any) -> Any:
        searched.append(query)
        return search(retriever, query, *rest, **options)

    monkeypatch.setattr(HybridRetriever, "search", counted)
    assert len(list(desk.engine.answers(KB, request(QUESTIONS[0]), (None, 0.0, 1.0)))) == 3
    assert len(searched) == 1


def test_only_the_first_is_recorded(desk: Desk) -> None:
    first, second = desk.engine.answers(KB, request(QUESTIONS[0]), (0.0, 1.0))
    assert first.answer_id != second.answer_id
    assert first.conversation_id != second.conversation_id
    history = desk.engine.parts.conversations.history
    assert [turn.text for turn in history(first.conversation_id)][-2:] == [QUESTIONS[0], first.text and first.text.text]
    assert history(second.conversation_id) == ()


def test_the_next_answer_is_worked_out_when_it_is_wanted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    extracted, extract = list[str](), type(desk.engine)._extract

    def counted(self: Any, query: str, *rest: Any) -> Any:
        extracted.append(query)
        return extract(self, query, *rest)

    monkeypatch.setattr(type(desk.engine), "_extract", counted)
    answers = desk.engine.answers(KB, request(QUESTIONS[0]), (None, 0.0))
    next(answers)
    assert len(extracted) == 1
    next(answers)
    assert len(extracted) == 2


def test_times_are_those_of_each_answer(desk: Desk) -> None:
    first, second = desk.engine.answers(KB, request(QUESTIONS[0]), (0.0, 0.0))
    assert "language" in first.timings_ms
    assert "language" not in second.timings_ms
    assert {"search", "extract"} <= first.timings_ms.keys() & second.timings_ms.keys()


def test_a_question_that_says_nothing_is_refused_before_the_first(desk: Desk) -> None:
    with pytest.raises(InvalidInput):
        next(desk.engine.answers(KB, request(" "), (None,)))
