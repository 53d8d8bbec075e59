"""What is indexed already, and whether index and repository agree about it.

A run that was killed between two writes leaves them disagreeing. Every run begins by looking for that: superfluous
chunks are removed, and versions that lack chunks are named, to be indexed again from the repository.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from engine.domain.knowledge import Document, DocumentFilter
from engine.domain.search import SearchFilter
from engine.errors import NotFound
from ingestion.preparing import document_id
from ingestion.target import IngestTarget

__all__ = ["Inventory", "Version", "repaired", "take_inventory"]

_FEW = 20  # documents; so many are looked up one by one

Version = tuple[str, int]  # document and number


@dataclass(frozen=True)
class Inventory:
    """Documents of a source by id, and the versions of any source whose chunks are not all in the index."""

    documents: Mapping[str, Document]
    incomplete: tuple[Version, ...] = ()

    @cached_property
    def contents(self) -> Mapping[str, Sequence[str]]:
        """The documents that came in an archive or mail, by its uri."""
        found: dict[str, list[str]] = {}
        for key, document in self.documents.items():
            if document.container:
                found.setdefault(document.container, []).append(key)
        return found


def take_inventory(
    target: IngestTarget, *, source: str, uris: Sequence[str], whole: bool, suspicious: bool
) -> Inventory:
    """Return the state of the documents, after removing chunks that belong to no version that is ever in force.

    With `whole`, or if there are many `uris`, all documents of the source are included, else those at the uris and what
    came in them. All chunks are looked through if the last run was `suspicious` or the index has not as many as the
    repository; a few documents that are looked up one by one are always checked.
    """
    if not whole and len(uris) <= _FEW:
        few = {key: document for uri in dict.fromkeys(uris) for key, document in _known(target, source, uri)}
        found = {key: document for key, document in few.items() if document is not None}
        return Inventory(found, tuple(_repair_few(target, list(few))))
    all_of_it = DocumentFilter(source=source)
    found = {each.id: each for each in target.knowledge.documents(target.knowledge_base, filter=all_of_it)}
    expected = target.knowledge.indexed_versions(target.knowledge_base)
    chunks = sum(sum(versions.values()) for versions in expected.values())
    if suspicious or target.store.count(target.index) != chunks:
        return Inventory(found, tuple(repaired(target, expected)))
    return Inventory(found)


def _known(target: IngestTarget, source: str, uri: str) -> Iterator[tuple[str, Document | None]]:
    """Yield the document at a uri, None if there is none, and those that came in it."""
    key = document_id(target.knowledge_base, source, uri)
    try:
        yield key, target.knowledge.document(key)
    except NotFound:
        yield key, None
    contained = DocumentFilter(source=source, container=uri)
    for each in target.knowledge.documents(target.knowledge_base, filter=contained):
        yield each.id, each


def _repair_few(target: IngestTarget, keys: Sequence[str]) -> Iterator[Version]:
    """Compare numbers of chunks document by document; yield the versions of those that still lack some."""
    name = target.knowledge_base
    expected = target.knowledge.indexed_versions(name, keys)
    for key in keys:
        versions = expected.get(key, {})
        wanted, only = sum(versions.values()), SearchFilter(document_ids=(key,))
        if target.store.count(target.index, only) != wanted:
            target.store.delete_document(target.index, key, keep_versions=tuple(versions))
            if target.store.count(target.index, only) != wanted:
                yield from ((key, version) for version in versions)


def repaired(target: IngestTarget, expected: Mapping[str, Mapping[int, int]]) -> Iterator[Version]:
    """Remove chunks of other than the expected versions; yield the versions that do not have all their chunks."""
    found: Counter[Version] = Counter()
    for record in target.store.records(target.index):
        found[record.document_id, record.version] += 1
    for key in sorted({key for key, version in found if version not in expected.get(key, {})}):
        kept = tuple(expected.get(key, ()))
        target.store.delete_document(target.index, key, keep_versions=kept)
        if not kept and not target.knowledge.versions(key):  # staged and never activated, or half deleted
            with suppress(NotFound):
                target.knowledge.delete_document(key)
    for key, versions in expected.items():
        yield from ((key, version) for version, wanted in versions.items() if found[key, version] < wanted)
