"""One knowledge base's index on Qdrant Edge."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from uuid import UUID

import qdrant_edge as qe

from engine.domain.search import SearchFilter
from engine.ports import ChunkRecord, IndexedChunk, StoreQuery, StoreResult, Vector
from engine.stores import ranking
from engine.stores.batches import batches
from engine.stores.edge_folder import EdgeFolder, EdgeState
from engine.stores.edge_shard import (
    ShardOptions,
    compact_copy,
    create_shard,
    dense_vector,
    document_filter,
    edge_errors,
    from_point,
    to_filter,
    to_point,
    to_request,
)
from engine.stores.payload import conditions, from_payload
from engine.stores.record_cache import RecordCache
from engine.stores.validation import check_chunks, check_query, no_index, point_ids

__all__ = ["EdgeIndex"]

UPSERT_POINTS = 64  # a search may have to wait for so many, about 30 ms
SCROLL_POINTS = 256
WORTH_COMPACTING = 0.2  # of the chunks are new, or were deleted, since the last time
KNOWN_IDS = 100_000
FEW_REMOVED = 1000  # deleted chunks do no harm yet


class EdgeIndex:
    """An open shard, which nobody else uses.

    Edge holds the interpreter lock whenever it works, so searches would gain nothing from running side by side:
    `_using` lets one thread in at a time, for one short call. `_writing` is held for the whole of a write, between
    whose steps searches get their turn.
    """

    def __init__(self, folder: EdgeFolder, state: EdgeState, shard: qe.EdgeShard, options: ShardOptions) -> None:
        self._folder = folder
        self._state = self._saved = state
        self._shard: qe.EdgeShard | None = shard
        self._options = options
        self._cache = RecordCache()
        self._using = threading.RLock()
        self._writing = threading.RLock()

    @classmethod
    def create(
        cls,
        folder: EdgeFolder,
        knowledge_base: str,
        dimension: int,
        options: ShardOptions,
        chunks: Iterable[IndexedChunk] = (),
    ) -> EdgeIndex:
        """Create an index that holds `chunks`, in place of one that may be there; it exists once it is complete."""
        name, shard = _filled(folder, dimension, chunks, options)
        state = EdgeState(knowledge_base, dimension, name)
        folder.write(state)
        folder.sweep(name)
        return cls(folder, state, shard, options)

    @classmethod
    def open(cls, folder: EdgeFolder, options: ShardOptions) -> EdgeIndex:
        """Open what `folder` holds; what was upserted before a crash is there."""
        state = folder.read()
        folder.sweep(state.shard)
        with edge_errors("opening an index"):
            shard = qe.EdgeShard.load(str(folder.shard(state.shard)))
        return cls(folder, state, shard, options)

    @property
    def dimension(self) -> int:
        """Dimension of the dense vectors."""
        return self._state.dimension

    @property
    def has_holes(self) -> bool:
        """Whether anything was deleted or replaced since the shard was made or compacted."""
        return self._state.removed > 0

    def upsert(self, chunks: Sequence[IndexedChunk]) -> None:
        """Insert or replace chunks, the last one of those with the same id."""
        check_chunks(chunks, self.dimension)
        with self._writing:
            for some in batches({chunk.record.chunk_id: chunk for chunk in chunks}.values(), UPSERT_POINTS):
                ids = [chunk.record.chunk_id for chunk in some]
                operation = qe.UpdateOperation.upsert_points([to_point(chunk) for chunk in some])
                with self._use("upserting") as shard:
                    self._count_removed(len(shard.retrieve(list(ids), False, False)))
                    shard.update(operation)
                    self._cache.forget(ids)

    def delete_document(self, document_id: str, *, keep_versions: Collection[int]) -> None:
        """Remove the chunks of a document, but for those of `keep_versions`."""
        theirs = document_filter(document_id, keep_versions=keep_versions)
        with self._writing, self._use("deleting") as shard:
            if found := shard.count(qe.CountRequest(exact=True, filter=theirs)):
                self._count_removed(found)
                shard.update(qe.UpdateOperation.delete_points_by_filter(theirs))
                self._cache.clear()

    def search(self, query: StoreQuery) -> StoreResult:
        """Run the retrievers that `query` has vectors for."""
        check_query(query, self.dimension)
        wanted = to_filter(conditions(query.filter), point_ids(query.chunk_ids) if query.chunk_ids else None)
        with self._use("searching") as shard:
            live = self._state.removed > 0

            def fetch(probes: Sequence[ranking.Probe]) -> list[list[ranking.Scored]]:
                requests = [to_request(probe, wanted, live_statistics=live) for probe in probes]
                found = shard.query_batch(qe.QueryBatchRequest(requests))
                return [[(_chunk_id(point.id), point.score) for point in points] for points in found]

            def read(ids: list[str]) -> list[ChunkRecord]:
                return [from_payload(point.payload or {}) for point in shard.retrieve(list(ids), True, False)]

            return ranking.search(query, fetch, lambda ids: self._cache.get(ids, read))

    def vectors(self, chunk_ids: Sequence[str]) -> dict[str, Vector]:
        """Return the dense vectors of those of the chunks that exist."""
        found: dict[str, Vector] = {}
        for some in batches(point_ids(chunk_ids), SCROLL_POINTS):
            with self._use("reading vectors") as shard:
                found |= {str(point.id): dense_vector(point) for point in shard.retrieve(list(some), False, True)}
        return found

    def count(self, filter: SearchFilter | None) -> int:
        """Return the exact number of chunks that pass the filter."""
        with self._use("counting") as shard:
            return shard.count(qe.CountRequest(exact=True, filter=to_filter(conditions(filter or SearchFilter()))))

    def records(self) -> Iterator[ChunkRecord]:
        """Yield all records, ordered by chunk id."""
        return (from_payload(point.payload or {}) for point in self._scroll(with_vectors=False))

    @contextmanager
    def frozen(self) -> Iterator[Iterator[IndexedChunk]]:
        """Give all chunks, ordered by id, while nobody writes."""
        with self._writing:
            yield map(from_point, self._scroll(with_vectors=True))

    def compact(self) -> None:
        """Flush, and merge and index segments where that is worth its time; searches go on meanwhile."""
        with self._writing:
            with self._use("flushing") as shard:
                shard.flush()
                points = shard.count(qe.CountRequest(exact=True))
            if not self._worth_compacting(points):
                return
            path = self._folder.new_shard()
            compact_copy(self._folder.shard(self._state.shard), path)
            with edge_errors("opening the compacted index"):
                self._take(qe.EdgeShard.load(str(path)), path.name, compacted=points)

    def purge(self) -> None:
        """Write what is left to another shard if anything was deleted; searches go on meanwhile.

        Compaction would not do: Edge's log goes on holding what was upserted once.
        """
        with self._writing:
            if self.has_holes:
                chunks = map(from_point, self._scroll(with_vectors=True))
                name, shard = _filled(self._folder, self.dimension, chunks, self._options)
                self._take(shard, name, compacted=0)
                self._cache.clear()

    def close(self) -> None:
        """Flush and let go of the shard; whoever still uses the index gets NotFound."""
        with self._writing, self._using:
            if self._shard is not None:
                with edge_errors("closing an index"):
                    self._shard.close()
                self._shard = None
                self._save(self._state)

    def _take(self, shard: qe.EdgeShard, name: str, *, compacted: int) -> None:
        """Go on with another shard, which holds the same chunks."""
        with self._use("changing shards") as old:
            self._shard = shard
            self._save(replace(self._state, shard=name, compacted=compacted, removed=0))
            old.close()
        self._folder.sweep(name)

    def _scroll(self, *, with_vectors: bool) -> Iterator[qe.Record]:
        after: qe.PointId | None = None
        while True:
            page = qe.ScrollRequest(offset=after, limit=SCROLL_POINTS, with_payload=True, with_vector=with_vectors)
            with self._use("reading") as shard:
                points, after = shard.scroll(page)
            yield from points
            if after is None:
                return

    def _worth_compacting(self, points: int) -> bool:
        grown = points >= self._options.exact_limit and points - self._state.compacted >= WORTH_COMPACTING * points
        holed = self._state.removed >= max(FEW_REMOVED, WORTH_COMPACTING * points)
        return grown or holed

    def _count_removed(self, count: int) -> None:
        """Remember that the shard's term statistics count chunks that are gone, before they go."""
        first = self._state.removed == 0 < count
        self._state = replace(self._state, removed=self._state.removed + count)
        if first:
            self._save(self._state)

    def _save(self, state: EdgeState) -> None:
        self._state = state
        if state != self._saved:
            self._folder.write(state)
            self._saved = state

    @contextmanager
    def _use(self, doing: str) -> Iterator[qe.EdgeShard]:
        with self._using, edge_errors(doing):
            if self._shard is None:
                raise no_index(self._state.knowledge_base)
            yield self._shard


def _chunk_id(point_id: qe.PointId) -> str:
    return _written(point_id.int) if isinstance(point_id, UUID) else str(point_id)


@lru_cache(maxsize=KNOWN_IDS)
def _written(number: int) -> str:
    """Return a UUID as text; a search comes upon hundreds, and writing them takes as long as finding them."""
    return str(UUID(int=number))


def _filled(
    folder: EdgeFolder, dimension: int, chunks: Iterable[IndexedChunk], options: ShardOptions
) -> tuple[str, qe.EdgeShard]:
    """Return the name of a new shard that holds the chunks, and the shard; nothing is left of it if that fails."""
    path = folder.new_shard()
    try:
        with edge_errors("creating an index"):
            shard = create_shard(path, dimension, options)
            for some in batches(chunks, UPSERT_POINTS):
                check_chunks(some, dimension)
                shard.update(qe.UpdateOperation.upsert_points([to_point(chunk) for chunk in some]))
            shard.flush()
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    return path.name, shard
