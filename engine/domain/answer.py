"""An answer with its evidence, kept apart from the action that it calls for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from engine.domain.handoff import Clarification, Handoff
from engine.domain.knowledge import DocumentKind, Span

__all__ = [
    "Abstention",
    "AbstentionReason",
    "Answer",
    "AnswerEvent",
    "AnswerMode",
    "AnswerText",
    "Citation",
    "CitationEvent",
    "DoneEvent",
    "Question",
    "TokenEvent",
]


class AnswerMode(StrEnum):
    """How the text of an answer came about."""

    EXTRACTIVE = "extractive"
    GENERATED = "generated"
    CANNED = "canned"


class AbstentionReason(StrEnum):
    """Why no answer is given."""

    NO_EVIDENCE = "no_evidence"
    LOW_CONFIDENCE = "low_confidence"
    CONFLICT = "conflict"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: as typed, as it stands alone without its history, and in which language (BCP 47)."""

    text: str
    standalone: str
    language: str


@dataclass(frozen=True, slots=True)
class AnswerText:
    """The reply itself, its language (BCP 47) and how it came about; `notes` say what a caller should know."""

    text: str
    language: str
    mode: AnswerMode
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Evidence for a stretch of the answer.

    `quote` is exactly the stored text of that document version at `span`; `answer_span` is the stretch of the
    answer's text that it supports. `score` is the passage's retrieval score.
    """

    id: str
    document_id: str
    version: int
    title: str
    uri: str
    kind: DocumentKind
    language: str
    section: tuple[str, ...]
    page: int | None
    span: Span
    quote: str
    answer_span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Abstention:
    """That nothing is answered, why, and what to tell the customer in their language."""

    reason: AbstentionReason
    message: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question: `text` with citations, or `abstained`, or `clarify`, or a `handoff` alone.

    A `handoff` may also stand beside an answer or an abstention. While a person is in charge it stands alone.
    `confidence` is 0..1. `timings_ms` maps a stage to its milliseconds.
    """

    conversation_id: str
    question: Question
    text: AnswerText | None
    citations: tuple[Citation, ...]
    confidence: float
    abstained: Abstention | None = None
    follow_ups: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    clarify: Clarification | None = None
    handoff: Handoff | None = None


@dataclass(frozen=True, slots=True)
class TokenEvent:
    """The next stretch of the answer's text; it has been verified and is never taken back."""

    text: str


@dataclass(frozen=True, slots=True)
class CitationEvent:
    """Evidence for text that has been sent."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class DoneEvent:
    """The end of a stream: the whole answer."""

    answer: Answer


AnswerEvent = TokenEvent | CitationEvent | DoneEvent
