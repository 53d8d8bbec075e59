"""The VectorStore port as somebody on some access lists sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.domain.access import may_see
from engine.domain.search import SearchFilter
from engine.permitted.refusing import refused
from engine.ports import ChunkRecord, StoreQuery, StoreResult, Vector, VectorStore

__all__ = ["PermittedStore"]


class PermittedStore:
    """Adds the reader's access lists to every filter; term statistics are still those of the whole index."""

    create = drop = upsert = delete_document = optimize = purge = snapshot = restore = staticmethod(refused)

    def __init__(self, store: VectorStore, access: tuple[str, ...]) -> None:
        self._store = store
        self._access = access

    def exists(self, knowledge_base: str) -> bool:
        """Tell whether the knowledge base has an index."""
        return self._store.exists(knowledge_base)

    def search(self, knowledge_base: str, query: StoreQuery) -> StoreResult:
        """Run the retrievers that `query` has vectors for, among what the reader sees."""
        return self._store.search(knowledge_base, replace(query, filter=self._narrowed(query.filter)))

    def vectors(self, knowledge_base: str, chunk_ids: Sequence[str]) -> Mapping[str, Vector]:
        """Return the dense vectors of those of the chunks that the reader sees."""
        seen = {record.chunk_id for record in self.records(knowledge_base)}
        return self._store.vectors(knowledge_base, [each for each in chunk_ids if each in seen])

    def count(self, knowledge_base: str, filter: SearchFilter | None = None) -> int:
        """Return the number of chunks that the reader sees, of those that pass `filter` if given."""
        return self._store.count(knowledge_base, self._narrowed(filter or SearchFilter()))

    def records(self, knowledge_base: str) -> Iterator[ChunkRecord]:
        """Yield every record that the reader sees, ordered by chunk id."""
        return (each for each in self._store.records(knowledge_base) if may_see(self._access, each.tags))

    def close(self) -> None:
        """Leave the store open: it belongs to the engine that is looked at."""

    def _narrowed(self, filter: SearchFilter) -> SearchFilter:
        return replace(filter, access=self._access)
