"""Answers, their evidence and the events of a stream."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict, fields, replace

import pytest

from engine.domain import answer as module
from engine.domain.answer import (
    Abstention,
    AbstentionReason,
    Answer,
    AnswerMode,
    AnswerText,
    Citation,
    Question,
)
from engine.domain.knowledge import DocumentKind, Span

QUESTION = Question("How long?", "How long is the warranty? How long?", "en")
ABSTAINED = Answer("c1", QUESTION, None, (), 0.2, Abstention(AbstentionReason.NO_EVIDENCE, "I could not find this."))
CITATION = Citation(
    id="i1",
    document_id="d1",
    version=3,
    title="Warranty",
    uri="warranty.md",
    kind=DocumentKind.POLICY,
    language="en",
    section=("Warranty", "Batteries"),
    page=2,
    span=Span(4, 28),
    quote="Batteries have one year.",
    answer_span=Span(0, 24),
    score=7.5,
)


@pytest.mark.parametrize("mode", ["extractive", "generated", "canned"])
def test_modes_are_the_words_of_the_contract(mode: str) -> None:
    assert AnswerMode(mode) == mode


@pytest.mark.parametrize("reason", ["no_evidence", "low_confidence", "conflict", "unsafe"])
def test_reasons_are_the_words_of_the_contract(reason: str) -> None:
    assert AbstentionReason(reason) == reason


def test_there_are_no_other_modes_and_reasons() -> None:
    assert len(AnswerMode) == 3
    assert len(AbstentionReason) == 4


def test_an_answer_neither_abstains_nor_asks_back_unless_told() -> None:
    plain = Answer("c1", QUESTION, AnswerText("Two years.", "en", AnswerMode.EXTRACTIVE), (CITATION,), 0.9)
    assert (plain.abstained, plain.follow_ups) == (None, ())


def test_a_text_without_notes_has_nothing_to_report() -> None:
    assert AnswerText("Two years.", "en", AnswerMode.EXTRACTIVE).notes == ()


def test_answers_do_not_share_their_timings() -> None:
    other = Answer("c2", QUESTION, None, (), 0.0)
    Answer("c3", QUESTION, None, (), 0.0).timings_ms["search"] = 1.5
    assert other.timings_ms == {}


def test_a_citation_carries_what_the_contract_names() -> None:
    contract = "id document_id version title uri kind language section page span quote answer_span score"
    assert list(asdict(CITATION)) == contract.split()


def test_an_answer_is_changed_by_making_another() -> None:
    with pytest.raises(FrozenInstanceError):
        ABSTAINED.confidence = 1.0  # type: ignore[misc]
    assert replace(ABSTAINED, confidence=0.9).confidence == 0.9
    assert ABSTAINED.confidence == 0.2


@pytest.mark.parametrize("name", ["Question", "AnswerText", "Citation", "Abstention", "Answer", "TokenEvent"])
def test_values_of_an_answer_are_frozen_and_slotted(name: str) -> None:
    cls = getattr(module, name)
    assert cls.__dataclass_params__.frozen
    assert set(cls.__slots__) == {field.name for field in fields(cls)}
