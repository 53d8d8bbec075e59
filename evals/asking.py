"""Ask one question and judge the answer; the same for every set of questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.domain.answer import Answer
from engine.domain.conversation import Turn
from engine.errors import InvalidInput
from engine.languages.sentences import sentences
from evals.metrics import citation_exactness, contains, token_f1
from evals.report import Stopwatch
from evals.subject import Subject

__all__ = ["MAX_SENTENCES", "Asked", "Judged", "ask"]

MAX_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer beside its gold answers.

    `text` is None where the answer was withheld; such an answer contains nothing. `cited` are the documents that its
    citations come from, `exactness` the share of citations that quote exactly, 0 without citations.
    """

    query_id: str
    text: str | None
    confidence: float
    contained: bool
    token_f1: float
    sentences: int
    cited: tuple[str, ...]
    exactness: float
    milliseconds: float

    @property
    def brief(self) -> bool:
        """Whether the answer keeps to two sentences."""
        return self.sentences <= MAX_SENTENCES


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its gold answers (none: out of scope) and what was said before."""

    id: str
    text: str
    golds: Sequence[str]
    history: Sequence[Turn] = ()


def ask(subject: Subject, asked: Asked, *, threshold: float | None = None) -> Judged:
    """Ask the subject, under its own threshold or under `threshold`, and compare its answer with the gold answers.

    A question that the system refuses, such as an empty one, counts as unanswered.
    """
    watch = Stopwatch()
    try:
        answer = subject.answer(asked.text, history=asked.history, threshold=threshold)
    except InvalidInput:
        return Judged(asked.id, None, 0.0, False, 0.0, 0, (), 0.0, watch.seconds * 1000)
    milliseconds = watch.seconds * 1000
    text = "" if answer.text is None else answer.text.text
    return Judged(
        query_id=asked.id,
        text=None if answer.text is None else text,
        confidence=answer.confidence,
        contained=contains(text, asked.golds),
        token_f1=token_f1(text, asked.golds),
        sentences=len(sentences(text)),
        cited=_cited(answer),
        exactness=citation_exactness(answer.citations, subject.stored_text),
        milliseconds=milliseconds,
    )


def _cited(answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.uri for citation in answer.citations))
