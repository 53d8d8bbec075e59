"""What an answer that somebody judged says about the answer to expect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from engine.domain.exchange import CitedPlace, Exchange
from engine.domain.feedback import Feedback, Verdict
from engine.domain.knowledge import Document
from engine.errors import NotFound
from engine.ports import KnowledgeRepository
from evals.datasets.rows import EvidenceRow, GoldenKind
from evals.metrics import same_language

__all__ = ["Expected", "LeftOut", "expected"]

T = TypeVar("T")


class LeftOut(StrEnum):
    """Why nothing comes of an exchange."""

    QUESTION_BACK = "questions back to the customer"
    IN_CHARGE = "messages to a person in charge"
    NO_DOCUMENTS = "answers without documents that are still there"
    REPEATED = "said before"
    PERSONAL = "personal data in the name of a document"


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come back; `doubts` say why a person must look first."""

    kind: GoldenKind
    documents: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()
    hand_over: bool | None = None
    doubts: tuple[str, ...] = ()


def expected(exchange: Exchange, feedback: Feedback | None, knowledge: KnowledgeRepository) -> Expected | LeftOut:
    """Return what to expect, or why nothing can be; an exchange without feedback is taken for accepted.

    An accepted answer is expected with all its evidence. Of an edited one the edited text is the reference, beside
    what it kept of the answer; a rejected one is taken for a question that nothing answers until a person has looked.
    Where a cited document has changed or is gone, a person must look too.
    """
    verdict = feedback.verdict if feedback else None
    if exchange.clarified:
        return LeftOut.QUESTION_BACK
    if feedback and verdict is Verdict.REJECTED:
        return Expected(GoldenKind.OUT_OF_SCOPE, doubts=tuple(_rejection(exchange, feedback)))
    edited = feedback.edited_text if feedback else ""
    if not exchange.answer and not edited:
        return Expected(GoldenKind.OUT_OF_SCOPE, hand_over=True if exchange.handoff else None)
    return _answered(exchange, edited, knowledge)


def _rejection(exchange: Exchange, feedback: Feedback) -> Iterator[str]:
    yield f"Rejected: {exchange.answer}" if exchange.answer else "Rejected: nothing was answered."
    if feedback.comment.strip():
        yield f"Because: {feedback.comment}"


def _answered(exchange: Exchange, edited: str, knowledge: KnowledgeRepository) -> Expected | LeftOut:
    known = [(place, found) for place in exchange.citations if (found := _present(place, knowledge))]
    if not known:
        return LeftOut.NO_DOCUMENTS
    stands = [_stands(place, document, knowledge) for place, document in known]
    changed = len(known) < len(exchange.citations) or not all(stands)
    wordings = _distinct([text for place, _ in known for text in (place.wording, place.quote)])
    documents = [document for _, document in known]
    foreign = not any(same_language(exchange.language, document.language) for document in documents)
    return Expected(
        kind=GoldenKind.CROSS_LANGUAGE if foreign else GoldenKind.ANSWERABLE,
        documents=_distinct([document.uri for document in documents]),
        answers=(edited, *(each for each in wordings if each in edited and each != edited)) if edited else wordings,
        evidence=_distinct([EvidenceRow(document=document.uri, quote=place.quote) for place, document in known]),
        hand_over=True if exchange.handoff else None,
        doubts=("Documents that were cited have changed since.",) if changed else (),
    )


def _present(place: CitedPlace, knowledge: KnowledgeRepository) -> Document | None:
    try:
        return knowledge.document(place.document_id)
    except NotFound:
        return None


def _stands(place: CitedPlace, document: Document, knowledge: KnowledgeRepository) -> bool:
    """Tell whether the newest version still says what was quoted."""
    if document.version == place.version:
        return True
    return place.quote in knowledge.stored_text(document.id, document.version).text


def _distinct(values: Sequence[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
