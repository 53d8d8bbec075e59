"""What is indexed already, and whether index and repository agree about it.

A run that was killed between two writes leaves them disagreeing. Every run begins by looking for that: superfluous
chunks are removed, and documents whose chunks are missing or of the wrong version are ingested again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from engine.domain.knowledge import Document
from engine.domain.search import SearchFilter
from engine.errors import NotFound
from ingestion.target import IngestTarget

__all__ = ["Inventory", "take_inventory"]

_FEW = 20  # documents; so many are looked up one by one


@dataclass(frozen=True, slots=True)
class Inventory:
    """Current documents of a source by id, and the ids of those that must be ingested again."""

    documents: Mapping[str, Document]
    damaged: frozenset[str] = frozenset()

    def is_current(self, document_id: str, content_hash: str) -> bool:
        """Tell whether the document is indexed with this very content."""
        document = self.documents.get(document_id)
        return document is not None and document.content_hash == content_hash and document_id not in self.damaged


def take_inventory(
    target: IngestTarget, *, source: str, document_ids: Iterable[str], whole: bool, suspicious: bool
) -> Inventory:
    """Return the state of the documents, after removing chunks that belong to no current version.

    With `whole`, all documents of the source are included, else those in `document_ids`. All chunks are looked
    through if the last run was `suspicious` or the index has not as many as the repository; a few documents that are
    looked up one by one are always checked.
    """
    ids = list(dict.fromkeys(document_ids))
    if not whole and len(ids) <= _FEW:
        return _of_few(target, ids)
    everything = target.knowledge.documents(target.knowledge_base)
    found = {document.id: document for document in everything if document.source == source}
    damaged: set[str] = set()
    if suspicious:
        damaged = {document.id for document in found.values() if _was_being_replaced(target, document)}
    if suspicious or target.store.count(target.knowledge_base) != sum(each.chunk_count for each in everything):
        damaged |= _repair(target, everything)
    return Inventory(found, frozenset(damaged))


def _was_being_replaced(target: IngestTarget, document: Document) -> bool:
    """Tell whether a newer version was staged and never activated: its chunks may have taken the place of older ones.

    A chunk that both versions have is one point in the index, and points to the version that was written last.
    """
    latest = target.knowledge.latest_version(document.id)
    if latest == document.version:
        return False
    return latest > max(version.version for version in target.knowledge.versions(document.id))


def _of_few(target: IngestTarget, document_ids: Iterable[str]) -> Inventory:
    documents: dict[str, Document] = {}
    damaged: set[str] = set()
    for document_id in document_ids:
        only = SearchFilter(document_ids=(document_id,))
        found = target.store.count(target.knowledge_base, only)
        try:
            document = target.knowledge.document(document_id)
        except NotFound:
            if found:
                target.store.delete_document(target.knowledge_base, document_id)
            continue
        documents[document_id] = document
        if found != document.chunk_count:
            target.store.delete_document(target.knowledge_base, document_id, keep_version=document.version)
            found = target.store.count(target.knowledge_base, only)
        if found != document.chunk_count or _was_being_replaced(target, document):
            damaged.add(document_id)
    return Inventory(documents, frozenset(damaged))


def _repair(target: IngestTarget, documents: Iterable[Document]) -> set[str]:
    """Remove chunks of other than the current versions; return the documents that do not have all their chunks."""
    current = {document.id: document for document in documents}
    found: Counter[tuple[str, int]] = Counter()
    for record in target.store.records(target.knowledge_base):
        found[record.document_id, record.version] += 1
    stale = {
        document_id
        for document_id, version in found
        if document_id not in current or current[document_id].version != version
    }
    for document_id in sorted(stale):
        version = current[document_id].version if document_id in current else None
        target.store.delete_document(target.knowledge_base, document_id, keep_version=version)
        if version is None:  # staged and never activated, or half deleted
            with suppress(NotFound):
                target.knowledge.delete_document(document_id)
    return {
        document.id for document in current.values() if found[document.id, document.version] != document.chunk_count
    }
