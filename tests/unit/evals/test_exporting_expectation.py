"""What is expected of an answer, by what was said of it and by what its documents say now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.domain.answer import AbstentionReason
from engine.domain.exchange import CitedPlace
from engine.domain.feedback import Feedback, Verdict
from engine.domain.handoff import HandoffReason
from engine.domain.knowledge import KnowledgeBase
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import KnowledgeRepository
from evals.datasets.rows import EvidenceRow, GoldenKind
from evals.exporting.expectation import Expected, LeftOut, expected
from tests.fakes.repositories import database, exchange, publish

QUOTE = "It lasts 24 months."
EXCHANGE = exchange("a")
GOOD = Expected(GoldenKind.ANSWERABLE, ("d.md",), (QUOTE,), (EvidenceRow(document="d.md", quote=QUOTE),))
UNANSWERED: dict[str, Any] = {"answer": "", "citations": ()}


@pytest.fixture
def knowledge() -> Iterator[KnowledgeRepository]:
    with database() as engine:
        repository = SqlKnowledgeRepository(engine)
        repository.add_knowledge_base(KnowledgeBase("kb"))
        publish(repository, "d", QUOTE, ends=(len(QUOTE),))
        yield repository


def said(verdict: Verdict, *, edited: str = "", comment: str = "") -> Feedback:
    return Feedback("f", "a", verdict, edited, None, comment, datetime(2026, 7, 1, tzinfo=UTC))


@pytest.mark.parametrize("feedback", [None, said(Verdict.ACCEPTED), said(Verdict.SOLVED)])
def test_an_answer_that_will_do_is_expected_with_its_evidence(
    knowledge: KnowledgeRepository, feedback: Feedback | None
) -> None:
    assert expected(EXCHANGE, feedback, knowledge) == GOOD


def test_the_wording_and_the_quote_are_two_ways_to_say_it(knowledge: KnowledgeRepository) -> None:
    written = replace(EXCHANGE, citations=(CitedPlace("d", 1, "d.md", QUOTE, "Two years."), *EXCHANGE.citations))
    found = expected(written, None, knowledge)
    assert isinstance(found, Expected)
    assert (found.documents, found.answers) == (("d.md",), ("Two years.", QUOTE))
    assert found.evidence == GOOD.evidence


def test_an_edited_text_is_the_reference_beside_what_it_kept(knowledge: KnowledgeRepository) -> None:
    kept = f"Hello! {QUOTE}"
    assert expected(EXCHANGE, said(Verdict.EDITED, edited=kept), knowledge) == replace(GOOD, answers=(kept, QUOTE))
    other = expected(EXCHANGE, said(Verdict.EDITED, edited="Two years."), knowledge)
    assert other == replace(GOOD, answers=("Two years.",))


def test_a_rejected_answer_is_one_to_look_at(knowledge: KnowledgeRepository) -> None:
    found = expected(EXCHANGE, said(Verdict.REJECTED, comment="Too short."), knowledge)
    assert found == Expected(GoldenKind.OUT_OF_SCOPE, doubts=(f"Rejected: {QUOTE}", "Because: Too short."))
    silent = expected(replace(EXCHANGE, **UNANSWERED), said(Verdict.REJECTED), knowledge)
    assert silent == Expected(GoldenKind.OUT_OF_SCOPE, doubts=("Rejected: nothing was answered.",))


@pytest.mark.parametrize(
    ("changes", "hand_over"),
    [
        ({"abstained": AbstentionReason.NO_EVIDENCE}, None),
        ({"abstained": AbstentionReason.NO_EVIDENCE, "handoff": HandoffReason.NO_KNOWLEDGE}, True),
        ({"handoff": HandoffReason.REQUESTED}, True),
    ],
)
def test_not_to_answer_and_to_hand_over_is_expected_as_such(
    knowledge: KnowledgeRepository, changes: dict[str, Any], hand_over: bool | None
) -> None:
    found = expected(replace(EXCHANGE, **UNANSWERED, **changes), said(Verdict.ACCEPTED), knowledge)
    assert found == Expected(GoldenKind.OUT_OF_SCOPE, hand_over=hand_over)


def test_an_answer_beside_a_hand_over_is_expected_with_it(knowledge: KnowledgeRepository) -> None:
    found = expected(replace(EXCHANGE, handoff=HandoffReason.POLICY), None, knowledge)
    assert found == replace(GOOD, hand_over=True)


def test_documents_in_other_languages_make_a_question_across_languages(knowledge: KnowledgeRepository) -> None:
    found = expected(replace(EXCHANGE, language="ja"), None, knowledge)
    assert found == replace(GOOD, kind=GoldenKind.CROSS_LANGUAGE)


def test_a_newer_version_that_says_the_same_will_do(knowledge: KnowledgeRepository) -> None:
    publish(knowledge, "d", f"News. {QUOTE}", ends=(6,), version=2)
    assert expected(EXCHANGE, None, knowledge) == GOOD


def test_a_newer_version_that_says_something_else_is_to_be_looked_at(knowledge: KnowledgeRepository) -> None:
    publish(knowledge, "d", "It lasts 12 months.", ends=(4,), version=2)
    assert expected(EXCHANGE, None, knowledge) == replace(
        GOOD, doubts=("Documents that were cited have changed since.",)
    )


def test_documents_that_are_gone_are_not_expected(knowledge: KnowledgeRepository) -> None:
    gone = CitedPlace("gone", 1, "gone.md", "x", "x")
    found = expected(replace(EXCHANGE, citations=(gone, *EXCHANGE.citations)), None, knowledge)
    assert isinstance(found, Expected)
    assert (found.documents, len(found.doubts)) == (("d.md",), 1)
    assert expected(replace(EXCHANGE, citations=(gone,)), None, knowledge) is LeftOut.NO_DOCUMENTS


def test_what_has_no_place_in_the_format_is_left_out(knowledge: KnowledgeRepository) -> None:
    assert expected(replace(EXCHANGE, clarified=True), None, knowledge) is LeftOut.QUESTION_BACK
    abstained = replace(EXCHANGE, **UNANSWERED)
    assert expected(abstained, said(Verdict.EDITED, edited="Ask Bo."), knowledge) is LeftOut.NO_DOCUMENTS
