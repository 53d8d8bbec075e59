"""An answer with its evidence, kept apart from the action that it calls for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from engine.domain.conflict import KnowledgeConflict
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
    "Presentation",
    "Question",
    "TokenEvent",
]


class AnswerMode(StrEnum):
    """How the text of an answer came about."""

    EXTRACTIVE = "extractive"
    GENERATED = "generated"
    CANNED = "canned"


class Presentation(StrEnum):
    """As what an answer is presented, by the knowledge that it comes from."""

    TEXT = "text"
    POLICY = "policy"
    STEPS = "steps"
    FAQ = "faq"
    SIMILAR_CASE = "similar_case"


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
    """The reply itself, its language (BCP 47) and how it came about; `notes` say what a caller should know.

    `lead_in` may be said before it, in the customer's language: from what it is quoted, empty where that says nothing.
    """

    text: str
    language: str
    mode: AnswerMode
    notes: tuple[str, ...] = ()
    presented_as: Presentation = Presentation.TEXT
    lead_in: str = ""


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
    `conflicts` are documents that disagree with the answer, or because of which there is none.
    `confidence` is 0..1. `timings_ms` maps a stage to its milliseconds. Feedback names the answer by `answer_id`.
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
    conflicts: tuple[KnowledgeConflict, ...] = ()
    answer_id: str = ""


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
