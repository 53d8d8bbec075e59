"""A question with what the desk made of it, as it is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.domain.answer import AbstentionReason
from engine.domain.handoff import HandoffReason

__all__ = ["CitedPlace", "Exchange"]


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """Evidence of an answer: `quote` of a document version, and the `wording` in the answer that it supports."""

    document_id: str
    version: int
    uri: str
    quote: str
    wording: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its answer: how it was asked, understood, answered and from which documents.

    `answer` is empty where nothing was answered: then it was `abstained`, `clarified` (asked back) or handed over.
    `position` is that of the customer's turn in the conversation, 0 before it is stored.
    """

    answer_id: str
    conversation_id: str
    knowledge_base: str
    question: str
    standalone: str
    language: str
    answer: str
    citations: tuple[CitedPlace, ...]
    created_at: datetime
    abstained: AbstentionReason | None = None
    clarified: bool = False
    handoff: HandoffReason | None = None
    position: int = 0
