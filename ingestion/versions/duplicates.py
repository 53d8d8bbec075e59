"""Documents that say the same, or nearly so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.domain.knowledge import Document, Fingerprint
from engine.ports import KnowledgeRepository
from ingestion.report import Duplicate
from ingestion.versions.fingerprints import similarity

__all__ = ["NEAR", "duplicates_among", "duplicates_of"]

NEAR = 0.8
"""Texts that share so many of their shingles are worth a look."""


def duplicates_of(knowledge: KnowledgeRepository, document: Document) -> Iterator[tuple[Document, float]]:
    """Yield the other documents of the knowledge base with the same or nearly the same text, the most alike first."""
    (_, own), *others = knowledge.alike(document.id) or ((document, Fingerprint("")),)
    found = ((other, similarity(own, theirs)) for other, theirs in others)
    yield from sorted(((other, alike) for other, alike in found if alike >= NEAR), key=lambda pair: -pair[1])


def duplicates_among(knowledge: KnowledgeRepository, documents: Iterable[Document]) -> Iterator[Duplicate]:
    """Yield the duplicates of some documents, each pair once."""
    seen: set[frozenset[str]] = set()
    for document in documents:
        for other, alike in duplicates_of(knowledge, document):
            pair = frozenset((document.id, other.id))
            if pair not in seen:
                seen.add(pair)
                yield Duplicate(document.uri, other.uri, round(alike, 2))
