"""What is remembered of an answer, and lines that a language model is asked for while the customer waits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.answering import lines
from engine.answering.exchanges import exchange_of
from engine.answering.lines import MAX_CHARS, written_line
from engine.domain.answer import Abstention, AbstentionReason, Answer, AnswerMode, AnswerText, Citation, Question
from engine.domain.handoff import Clarification, Handoff, HandoffReason, Polarity, Priority, Queue, Sentiment
from engine.domain.knowledge import DocumentKind, Span
from engine.errors import BackendFailed
from engine.ports import Prompt
from tests.fakes.generation import ScriptedGenerator

PROMPT = Prompt("system", "user")
SAID = "It lasts 24 months. Keep the receipt."
CITED = Citation(
    "1", "d", 2, "Warranty", "w.md", DocumentKind.POLICY, "en", (), None, Span(5, 24), SAID[:19], Span(0, 19), 0.5
)
ANSWER = Answer(
    "c",
    Question("and the kettle?", "How long is the warranty of the kettle?", "en"),
    AnswerText(SAID, "en", AnswerMode.EXTRACTIVE),
    (CITED, replace(CITED, id="2", document_id="e", quote=SAID[20:], answer_span=Span(20, 37))),
    0.8,
    answer_id="a-1",
)
NOTHING = replace(ANSWER, text=None, citations=())


def test_an_exchange_says_what_was_asked_understood_and_answered_from_what() -> None:
    kept = exchange_of(ANSWER, "shop")
    assert (kept.answer_id, kept.conversation_id, kept.knowledge_base) == ("a-1", "c", "shop")
    assert (kept.question, kept.standalone, kept.language) == (
        "and the kettle?",
        "How long is the warranty of the kettle?",
        "en",
    )
    assert (kept.answer, kept.abstained, kept.clarified, kept.handoff, kept.position) == (SAID, None, False, None, 0)
    assert [(each.document_id, each.version, each.quote, each.wording) for each in kept.citations] == [
        ("d", 2, "It lasts 24 months.", "It lasts 24 months."),
        ("e", 2, "Keep the receipt.", "Keep the receipt."),
    ]
    assert kept.created_at.utcoffset() is not None


@pytest.mark.parametrize("reason", AbstentionReason)
def test_an_abstention_is_remembered_by_its_reason_without_a_text(reason: AbstentionReason) -> None:
    kept = exchange_of(replace(NOTHING, abstained=Abstention(reason, "I do not know.")), "shop")
    assert (kept.answer, kept.citations, kept.abstained) == ("", (), reason)


@pytest.mark.parametrize("reason", HandoffReason)
def test_a_hand_over_is_remembered_by_its_reason_beside_an_answer_too(reason: HandoffReason) -> None:
    over = Handoff(reason, Queue.GENERAL, Priority.NORMAL, "Asked twice.", (), Sentiment(Polarity.NEUTRAL, 3))
    assert exchange_of(replace(ANSWER, handoff=over), "shop").handoff is reason
    assert exchange_of(replace(NOTHING, handoff=over), "shop").answer == ""


def test_a_question_back_is_remembered_as_one() -> None:
    kept = exchange_of(replace(NOTHING, clarify=Clarification("Which one?", ("A", "B"))), "shop")
    assert (kept.clarified, kept.answer) == (True, "")


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        (("How long", " is it?"), "How long is it?"),
        (("  How long?\n",), "How long?"),
        (('"How long?"',), "How long?"),
        (("“多久？”",), "多久？"),
        (("「いつまで？」",), "いつまで？"),
        (("",), ""),
        ((), ""),
        (('""',), ""),
    ],
)
def test_a_line_comes_without_what_models_put_around_it(pieces: tuple[str, ...], line: str) -> None:
    assert written_line(ScriptedGenerator(*pieces), PROMPT) == line


class Endless:
    """A model that never stops, and counts what was taken from it."""

    model = "endless"

    def __init__(self) -> None:
        self.taken = 0

    def stream(self, prompt: Prompt) -> Iterator[str]:
        while True:
            self.taken += 1
            yield "x" * 100


def test_a_model_that_does_not_stop_is_stopped() -> None:
    endless = Endless()
    assert len(written_line(endless, PROMPT)) == MAX_CHARS
    assert endless.taken == MAX_CHARS / 100


class Broken:
    """A model that fails in the middle."""

    model = "broken"

    def stream(self, prompt: Prompt) -> Iterator[str]:
        yield "How long"
        raise BackendFailed("The language model failed.", remedy="Try later.")


def test_half_a_line_is_worth_nothing() -> None:
    assert written_line(Broken(), PROMPT) == ""


class Silent:
    """A model that says nothing until it is let go."""

    model = "silent"

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def stream(self, prompt: Prompt) -> Iterator[str]:
        self.let_go.wait(10)
        yield "too late"


def test_nobody_waits_longer_than_agreed_and_the_log_quotes_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(lines, "PATIENCE_S", 0.001)
    silent = Silent()
    with caplog.at_level(logging.WARNING):
        assert written_line(silent, Prompt("system", "private words")) == ""
    silent.let_go.set()
    assert [each.getMessage() for each in caplog.records] == ["the language model took too long over a line"]
