"""The KnowledgeRepository port as somebody on some access lists sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice

from engine.domain.access import may_see
from engine.domain.knowledge import (
    Chunk,
    Document,
    DocumentFilter,
    Fingerprint,
    KnowledgeBase,
    Region,
    Sibling,
    StoredText,
    Tally,
)
from engine.domain.validity import InForce
from engine.errors import NotFound
from engine.missing import no_document, no_version
from engine.permitted.refusing import refused
from engine.ports import BuiltIndex, KnowledgeRepository

__all__ = ["PermittedKnowledge"]

PORTION = 200  # documents that are read at a time


class PermittedKnowledge:
    """Hides documents and versions whose tags name lists that the reader is not on, as if they did not exist."""

    add_knowledge_base = delete_knowledge_base = keep_index = staticmethod(refused)
    use_index = forget_index = stage = activate = relate = delete_document = purge = staticmethod(refused)

    def __init__(self, knowledge: KnowledgeRepository, access: tuple[str, ...]) -> None:
        self._all = knowledge
        self._access = access

    def knowledge_base(self, name: str) -> KnowledgeBase:
        """Return it; NotFound names the ones that exist."""
        return self._all.knowledge_base(name)

    def knowledge_bases(self) -> tuple[KnowledgeBase, ...]:
        """Return all, by name."""
        return self._all.knowledge_bases()

    def generation(self, knowledge_base: str) -> int:
        """Return a number that grows with every activation in it."""
        return self._all.generation(knowledge_base)

    def index(self, knowledge_base: str) -> BuiltIndex | None:
        """Return the index in use."""
        return self._all.index(knowledge_base)

    def indexes(self, knowledge_base: str) -> tuple[BuiltIndex, ...]:
        """Return all indexes, the one in use first."""
        return self._all.indexes(knowledge_base)

    def in_force(self, document_ids: Sequence[str], day: date) -> Mapping[str, InForce]:
        """Return, for each of the documents that has one, the version that is in force on a day."""
        return self._all.in_force(document_ids, day)

    def indexed_versions(
        self, knowledge_base: str, document_ids: Sequence[str] | None = None
    ) -> Mapping[str, Mapping[int, int]]:
        """Return, by document that the reader sees, the versions that are in force on some day."""
        found = self._all.indexed_versions(knowledge_base, document_ids)
        return {each: versions for each, versions in found.items() if self._sees(each)}

    def document(self, document_id: str) -> Document:
        """Return the newest version's record, or raise NotFound."""
        found = self._all.document(document_id)
        if not may_see(self._access, found.tags):
            raise no_document(document_id)
        return found

    def documents(
        self,
        knowledge_base: str,
        *,
        filter: DocumentFilter | None = None,
        after: str = "",
        skip: int = 0,
        limit: int | None = None,
    ) -> tuple[Document, ...]:
        """Return the documents that the reader sees, ordered by (uri, id), those after the id `after`."""
        if after:
            self.document(after)
        end = None if limit is None else skip + limit
        return tuple(islice(self._visible(knowledge_base, filter, after), skip, end))

    def tally(self, knowledge_base: str, *, filter: DocumentFilter | None = None) -> Tally:
        """Count the documents that the reader sees, and their chunks."""
        chunks = [each.chunk_count for each in self._visible(knowledge_base, filter, "")]
        return Tally(len(chunks), sum(chunks))

    def version(self, document_id: str, version: int) -> Document:
        """Return a version's record, or raise NotFound."""
        found = self._all.version(document_id, version)
        if not may_see(self._access, found.tags):
            raise no_version(document_id, version)
        return found

    def versions(self, document_id: str) -> tuple[Document, ...]:
        """Return the versions that the reader sees, newest first."""
        found = self._all.versions(document_id)
        return tuple(each for each in found if may_see(self._access, each.tags))

    def latest_version(self, document_id: str) -> int:
        """Return the highest version number; 0 if there is none."""
        return self._all.latest_version(document_id) if self._sees(document_id) else 0

    def stored_text(self, document_id: str, version: int) -> StoredText:
        """Return the text of a version, or raise NotFound."""
        self.version(document_id, version)
        return self._all.stored_text(document_id, version)

    def chunks(self, document_id: str, version: int) -> tuple[Chunk, ...]:
        """Return the chunks of a version in reading order."""
        self.version(document_id, version)
        return self._all.chunks(document_id, version)

    def regions(self, document_id: str, version: int) -> tuple[Region, ...]:
        """Return where on its pages the text of a version was read, in order."""
        self.version(document_id, version)
        return self._all.regions(document_id, version)

    def alike(self, document_id: str, *, limit: int = 20) -> tuple[tuple[Document, Fingerprint], ...]:
        """Return the document itself, then others like it that the reader sees."""
        self.document(document_id)
        found = self._all.alike(document_id, limit=limit)
        return tuple(each for each in found if may_see(self._access, each[0].tags))

    def out_of_force(self, knowledge_base: str, day: date, *, limit: int = 200) -> tuple[str, ...]:
        """Return the documents with a version that is in force on other days than this one."""
        return tuple(filter(self._sees, self._all.out_of_force(knowledge_base, day, limit=limit)))

    def languages(self, knowledge_base: str) -> Mapping[str, int]:
        """Return how many documents that the reader sees each language has."""
        return Counter(each.language for each in self._visible(knowledge_base, None, ""))

    def siblings(self, document_ids: Sequence[str], day: date) -> Mapping[str, tuple[Sibling, ...]]:
        """Return the other documents that are the same page, as far as the reader sees them."""
        found = self._all.siblings(document_ids, day)
        seen = {each: tuple(one for one in others if self._sees(one.document_id)) for each, others in found.items()}
        return {each: others for each, others in seen.items() if others}

    def _visible(self, knowledge_base: str, filter: DocumentFilter | None, after: str) -> Iterator[Document]:
        while portion := self._all.documents(knowledge_base, filter=filter, after=after, limit=PORTION):
            yield from (each for each in portion if may_see(self._access, each.tags))
            after = portion[-1].id

    def _sees(self, document_id: str) -> bool:
        with suppress(NotFound):
            return may_see(self._access, self._all.document(document_id).tags)
        return False
