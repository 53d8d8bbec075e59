"""Look a knowledge base over: what contradicts itself, and what is out of date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.domain.knowledge import Document, DocumentKind
from engine.domain.upkeep import Contradiction
from engine.insights.contradictions import SURE, Siblings, contradictions
from engine.insights.statements import Statement, in_document
from engine.service import Engine

__all__ = ["compared", "find_contradictions", "in_force_on"]


def find_contradictions(
    engine: Engine, knowledge_base: str, *, day: date | None = None, minimum: float = SURE
) -> list[Contradiction]:
    """Return the contradictions among the documents that are in force on a day (today), the surest first.

    Cases are left out: what they say stands in their transcripts. NotFound for an unknown knowledge base.
    """
    found = compared(engine, knowledge_base, day or engine.options.today())
    return contradictions(*found, engine.parts.embedder, engine.parts.reranker, minimum=minimum)


def compared(engine: Engine, knowledge_base: str, day: date) -> tuple[list[Statement], Siblings]:
    """Return what the documents state that are in force on a day, and which of them are the same page."""
    documents = [each for each in in_force_on(engine, knowledge_base, day) if each.kind is not DocumentKind.CASE]
    related = engine.parts.knowledge.siblings([each.id for each in documents], day)
    siblings = {key: [each.document_id for each in others] for key, others in related.items()}
    return [each for document in documents for each in _statements(engine, document)], siblings


def in_force_on(engine: Engine, knowledge_base: str, day: date) -> Iterator[Document]:
    """Yield the documents of a knowledge base in the version that is in force on a day; NotFound for an unknown one."""
    knowledge = engine.parts.knowledge
    knowledge.knowledge_base(knowledge_base)
    documents = knowledge.documents(knowledge_base)
    holding = knowledge.in_force([each.id for each in documents], day)
    for each in documents:
        if each.id in holding:
            version = holding[each.id].version
            yield each if version == each.version else knowledge.version(each.id, version)


def _statements(engine: Engine, document: Document) -> Iterator[Statement]:
    knowledge, key, version = engine.parts.knowledge, document.id, document.version
    return in_document(document, knowledge.chunks(key, version), knowledge.stored_text(key, version).text)
