"""The VectorStore port on a Qdrant server or cluster, or on qdrant-client's local mode."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import UnexpectedResponse

from engine.domain.search import SearchFilter
from engine.errors import BackendFailed, Misconfigured
from engine.ports import ChunkRecord, IndexedChunk, StoreQuery, StoreResult, Vector
from engine.stores import ranking
from engine.stores.batches import batches
from engine.stores.collections import RemoteOptions
from engine.stores.payload import INTEGER_FIELDS, KEYWORD_FIELDS, conditions, from_payload
from engine.stores.remote_calls import Calls
from engine.stores.remote_points import (
    HNSW,
    dense_vector,
    document_filter,
    from_point,
    to_filter,
    to_point,
    to_request,
)
from engine.stores.snapshot import read_snapshot, write_snapshot
from engine.stores.validation import check_chunks, check_dimension, check_query, no_index, point_ids

__all__ = ["RemoteStore", "connect"]

SCROLL_POINTS = 256
T = TypeVar("T")


def connect(url: str, api_key: str = "", *, timeout_s: float = 10.0) -> QdrantClient:
    """Return a client for the server at `url` (port 6333 if it names none); it connects at its first call.

    Raises Misconfigured for an address that cannot be one.
    """
    try:
        return QdrantClient(url=url, api_key=api_key or None, timeout=math.ceil(timeout_s), check_compatibility=False)
    except ValueError as error:
        raise Misconfigured(f"{url!r} is no address of a Qdrant server.", remedy="Set KNOWDESK_QDRANT_URL.") from error


class RemoteStore:
    """One collection, named knowdesk_…, for each knowledge base; calls are repeated while the server is away.

    Term statistics are exact on servers from 1.19 on and collections of one shard; older servers count deleted chunks
    until they optimize, several shards count each on its own. `snapshot` and `restore` go through this process and
    are not isolated from other writers; for scheduled backups of a server use its own snapshots.
    """

    def __init__(self, client: QdrantClient, options: RemoteOptions | None = None) -> None:
        self._client = client
        self._options = options or RemoteOptions()
        self._layout = self._options.layout
        self._calls = Calls(self._options.patience)
        self._dimensions: dict[str, int] = {}

    def create(self, knowledge_base: str, dimension: int) -> None:
        """Create the index if it does not exist; Conflict if one of another dimension does."""
        if not self.exists(knowledge_base):
            self._create(self._layout.name(knowledge_base), dimension)
        check_dimension(knowledge_base, found=self._dimension(knowledge_base), wanted=dimension)

    def exists(self, knowledge_base: str) -> bool:
        """Tell whether the knowledge base has an index."""
        name = self._layout.name(knowledge_base)
        return self._calls.make("looking for a collection", lambda: self._client.collection_exists(name))

    def drop(self, knowledge_base: str) -> None:
        """Remove the index and everything in it; nothing happens if there is none."""
        self._dimensions.pop(knowledge_base, None)
        if self.exists(knowledge_base):
            name = self._layout.name(knowledge_base)
            self._calls.make("removing a collection", lambda: self._client.delete_collection(name))

    def upsert(self, knowledge_base: str, chunks: Sequence[IndexedChunk]) -> None:
        """Insert the chunks, or replace those of the same id; all are searchable on return."""
        check_chunks(chunks, self._dimension(knowledge_base))
        self._upsert(knowledge_base, chunks)

    def delete_document(self, knowledge_base: str, document_id: str, *, keep_versions: Collection[int] = ()) -> None:
        """Remove the chunks of a document, but for those of `keep_versions`."""
        selector = models.FilterSelector(filter=document_filter(document_id, keep_versions=keep_versions))
        name = self._layout.name(knowledge_base)
        self._call(knowledge_base, "deleting", lambda: self._client.delete(name, selector, wait=True))

    def search(self, knowledge_base: str, query: StoreQuery) -> StoreResult:
        """Run the retrievers that `query` has vectors for."""
        check_query(query, self._dimension(knowledge_base))
        wanted = to_filter(conditions(query.filter), point_ids(query.chunk_ids) if query.chunk_ids else None)
        collection = self._layout.name(knowledge_base)

        def fetch(probes: Sequence[ranking.Probe]) -> list[list[ranking.Scored]]:
            requests = [to_request(probe, wanted, self._layout.dense_search()) for probe in probes]
            found = self._client.query_batch_points(collection, requests)
            return [[(str(point.id), point.score) for point in response.points] for response in found]

        def load(ids: Sequence[str]) -> dict[str, ChunkRecord]:
            points = self._client.retrieve(collection, list(ids)) if ids else []
            return {str(point.id): from_payload(point.payload or {}) for point in points}

        return self._call(knowledge_base, "searching", lambda: ranking.search(query, fetch, load))

    def vectors(self, knowledge_base: str, chunk_ids: Sequence[str]) -> dict[str, Vector]:
        """Return the dense vectors of those of the chunks that exist."""
        self._dimension(knowledge_base)
        name, found = self._layout.name(knowledge_base), dict[str, Vector]()

        def retrieve(some: list[str]) -> list[models.Record]:
            return self._client.retrieve(name, some, with_payload=False, with_vectors=[ranking.DENSE])

        for some in batches(point_ids(chunk_ids), SCROLL_POINTS):
            points = self._call(knowledge_base, "reading vectors", partial(retrieve, some))
            found |= {str(point.id): dense_vector(point) for point in points}
        return found

    def count(self, knowledge_base: str, filter: SearchFilter | None = None) -> int:
        """Return the exact number of chunks, of those that pass `filter` if given."""
        wanted = to_filter(conditions(filter or SearchFilter()))
        name = self._layout.name(knowledge_base)
        count = partial(self._client.count, name, count_filter=wanted, exact=True)
        return self._call(knowledge_base, "counting", count).count

    def records(self, knowledge_base: str) -> Iterator[ChunkRecord]:
        """Yield every record, ordered by chunk id."""
        self._dimension(knowledge_base)
        return (from_payload(point.payload or {}) for point in self._scroll(knowledge_base, with_vectors=False))

    def optimize(self, knowledge_base: str) -> None:
        """Do nothing: a server optimizes on its own."""
        self._dimension(knowledge_base)

    def purge(self, knowledge_base: str) -> None:
        """Do nothing: a server drops what was deleted when it optimizes."""

    def snapshot(self, knowledge_base: str, target: Path) -> None:
        """Write the index to the new folder `target`, in the format that all stores read."""
        dimension = self._dimension(knowledge_base)
        write_snapshot(target, dimension, map(from_point, self._scroll(knowledge_base, with_vectors=True)))

    def restore(self, knowledge_base: str, snapshot: Path) -> None:
        """Replace the index, if there is one, by the one in `snapshot`, which any store may have written."""
        dimension, chunks = read_snapshot(snapshot)
        deque(chunks, maxlen=0)  # raises if the snapshot is damaged, before anything is dropped
        self.drop(knowledge_base)
        self.create(knowledge_base, dimension)
        self._upsert(knowledge_base, read_snapshot(snapshot)[1])

    def close(self) -> None:
        """Close the connections; the store cannot be used afterwards."""
        self._client.close()

    def _create(self, collection: str, dimension: int) -> None:
        doing = "creating a collection"
        self._calls.make(doing, partial(self._create_once, collection, dimension))
        if self._client.init_options["location"] == ":memory:":  # has no payload indexes, and warns of them
            return
        for fields, schema in (
            (KEYWORD_FIELDS, models.PayloadSchemaType.KEYWORD),
            (INTEGER_FIELDS, models.PayloadSchemaType.INTEGER),
        ):
            for field in fields:
                index = partial(self._client.create_payload_index, collection, field, schema, wait=True)
                self._calls.make(doing, index)

    def _create_once(self, collection: str, dimension: int) -> None:
        """Create the collection, unless an earlier try, whose reply was lost, or another process has done so."""
        try:
            self._client.create_collection(
                collection,
                vectors_config=self._layout.vectors(dimension),
                sparse_vectors_config=self._layout.sparse_vectors(),
                hnsw_config=HNSW,
                shard_number=self._layout.shards,
                replication_factor=self._layout.replicas,
            )
        except (UnexpectedResponse, ValueError):
            if not self._client.collection_exists(collection):
                raise

    def _upsert(self, knowledge_base: str, chunks: Iterable[IndexedChunk]) -> None:
        name = self._layout.name(knowledge_base)
        for some in batches(chunks, self._options.points):
            points = [to_point(chunk) for chunk in some]
            self._call(knowledge_base, "upserting", partial(self._client.upsert, name, points, wait=True))

    def _scroll(self, knowledge_base: str, *, with_vectors: bool) -> Iterator[models.Record]:
        after: models.ExtendedPointId | None = None
        scroll = partial(
            self._client.scroll, self._layout.name(knowledge_base), limit=SCROLL_POINTS, with_vectors=with_vectors
        )
        while True:
            points, after = self._call(knowledge_base, "reading", partial(scroll, offset=after))
            yield from points
            if after is None:
                return

    def _dimension(self, knowledge_base: str) -> int:
        if knowledge_base not in self._dimensions:
            read = partial(self._client.get_collection, self._layout.name(knowledge_base))
            found = self._call(knowledge_base, "reading a collection's configuration", read).config.params.vectors
            dense = found.get(ranking.DENSE) if isinstance(found, dict) else None
            if dense is None:
                raise no_index(knowledge_base)
            self._dimensions[knowledge_base] = dense.size
        return self._dimensions[knowledge_base]

    def _call(self, knowledge_base: str, doing: str, call: Callable[[], T]) -> T:
        """Make a call; NotFound if the collection is gone, BackendFailed for what else fails."""
        try:
            return self._calls.make(doing, call)
        except BackendFailed as error:
            if self.exists(knowledge_base):
                raise
            self._dimensions.pop(knowledge_base, None)
            raise no_index(knowledge_base) from error
