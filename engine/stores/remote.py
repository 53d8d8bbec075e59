"""The VectorStore port on a Qdrant server or cluster, or on qdrant-client's local mode."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from qdrant_client import QdrantClient, models
from qdrant_client.common.client_exceptions import QdrantException
from qdrant_client.http.exceptions import ApiException

from engine.domain.search import SearchFilter
from engine.errors import BackendFailed, Misconfigured
from engine.ports import ChunkRecord, IndexedChunk, StoreQuery, StoreResult, Vector
from engine.stores import ranking
from engine.stores.batches import batches
from engine.stores.naming import safe_name
from engine.stores.payload import INTEGER_FIELDS, KEYWORD_FIELDS, conditions, from_payload
from engine.stores.remote_points import (
    HNSW,
    dense_vector,
    document_filter,
    from_point,
    sparse_vectors_config,
    to_filter,
    to_point,
    to_request,
    vectors_config,
)
from engine.stores.snapshot import read_snapshot, write_snapshot
from engine.stores.validation import check_chunks, check_dimension, check_query, no_index, point_ids

__all__ = ["RemoteStore", "connect"]

UPSERT_POINTS = 128  # in a request of about 3 MB; a server takes 32 MB
SCROLL_POINTS = 256
_FAILURES = (ApiException, QdrantException, ValueError, OSError)


def connect(url: str, api_key: str = "", *, timeout_s: float = 10.0) -> QdrantClient:
    """Return a client for the server at `url` (port 6333 if it names none); it connects at its first call.

    Raises Misconfigured for an address that cannot be one.
    """
    try:
        return QdrantClient(url=url, api_key=api_key or None, timeout=math.ceil(timeout_s), check_compatibility=False)
    except ValueError as error:
        raise Misconfigured(f"{url!r} is no address of a Qdrant server.", remedy="Set KNOWDESK_QDRANT_URL.") from error


class RemoteStore:
    """One collection, named knowdesk_…, for each knowledge base.

    Term statistics are exact on servers from 1.19 on and collections of one shard; older servers count deleted chunks
    until they optimize, several shards count each on its own. `snapshot` and `restore` go through this process and
    are not isolated from other writers; for scheduled backups of a server use its own snapshots.
    """

    def __init__(self, client: QdrantClient) -> None:
        self._client = client
        self._dimensions: dict[str, int] = {}

    def create(self, knowledge_base: str, dimension: int) -> None:
        """Create the index if it does not exist; Conflict if one of another dimension does."""
        if not self.exists(knowledge_base):
            with self._call(knowledge_base, "creating a collection"):
                self._create(_collection(knowledge_base), dimension)
        check_dimension(knowledge_base, found=self._dimension(knowledge_base), wanted=dimension)

    def exists(self, knowledge_base: str) -> bool:
        """Tell whether the knowledge base has an index."""
        with _failures("looking for a collection"):
            return self._client.collection_exists(_collection(knowledge_base))

    def drop(self, knowledge_base: str) -> None:
        """Remove the index and everything in it; nothing happens if there is none."""
        self._dimensions.pop(knowledge_base, None)
        if self.exists(knowledge_base):
            with _failures("removing a collection"):
                self._client.delete_collection(_collection(knowledge_base))

    def upsert(self, knowledge_base: str, chunks: Sequence[IndexedChunk]) -> None:
        """Insert the chunks, or replace those of the same id; all are searchable on return."""
        check_chunks(chunks, self._dimension(knowledge_base))
        self._upsert(knowledge_base, chunks)

    def delete_document(self, knowledge_base: str, document_id: str, *, keep_versions: Collection[int] = ()) -> None:
        """Remove the chunks of a document, but for those of `keep_versions`."""
        selector = models.FilterSelector(filter=document_filter(document_id, keep_versions=keep_versions))
        with self._call(knowledge_base, "deleting"):
            self._client.delete(_collection(knowledge_base), selector, wait=True)

    def search(self, knowledge_base: str, query: StoreQuery) -> StoreResult:
        """Run the retrievers that `query` has vectors for."""
        check_query(query, self._dimension(knowledge_base))
        wanted = to_filter(conditions(query.filter), point_ids(query.chunk_ids) if query.chunk_ids else None)
        collection = _collection(knowledge_base)

        def fetch(probes: Sequence[ranking.Probe]) -> list[list[ranking.Scored]]:
            found = self._client.query_batch_points(collection, [to_request(probe, wanted) for probe in probes])
            return [[(str(point.id), point.score) for point in response.points] for response in found]

        def load(ids: Sequence[str]) -> dict[str, ChunkRecord]:
            points = self._client.retrieve(collection, list(ids)) if ids else []
            return {str(point.id): from_payload(point.payload or {}) for point in points}

        with self._call(knowledge_base, "searching"):
            return ranking.search(query, fetch, load)

    def vectors(self, knowledge_base: str, chunk_ids: Sequence[str]) -> dict[str, Vector]:
        """Return the dense vectors of those of the chunks that exist."""
        self._dimension(knowledge_base)
        found: dict[str, Vector] = {}
        for some in batches(point_ids(chunk_ids), SCROLL_POINTS):
            with self._call(knowledge_base, "reading vectors"):
                points = self._client.retrieve(
                    _collection(knowledge_base), some, with_payload=False, with_vectors=[ranking.DENSE]
                )
            found |= {str(point.id): dense_vector(point) for point in points}
        return found

    def count(self, knowledge_base: str, filter: SearchFilter | None = None) -> int:
        """Return the exact number of chunks, of those that pass `filter` if given."""
        wanted = to_filter(conditions(filter or SearchFilter()))
        with self._call(knowledge_base, "counting"):
            return self._client.count(_collection(knowledge_base), count_filter=wanted, exact=True).count

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
        self._client.create_collection(
            collection,
            vectors_config=vectors_config(dimension),
            sparse_vectors_config=sparse_vectors_config(),
            hnsw_config=HNSW,
        )
        if self._client.init_options["location"] == ":memory:":  # has no payload indexes, and warns of them
            return
        for fields, schema in (
            (KEYWORD_FIELDS, models.PayloadSchemaType.KEYWORD),
            (INTEGER_FIELDS, models.PayloadSchemaType.INTEGER),
        ):
            for field in fields:
                self._client.create_payload_index(collection, field, schema, wait=True)

    def _upsert(self, knowledge_base: str, chunks: Iterable[IndexedChunk]) -> None:
        for some in batches(chunks, UPSERT_POINTS):
            with self._call(knowledge_base, "upserting"):
                self._client.upsert(_collection(knowledge_base), [to_point(chunk) for chunk in some], wait=True)

    def _scroll(self, knowledge_base: str, *, with_vectors: bool) -> Iterator[models.Record]:
        after: models.ExtendedPointId | None = None
        while True:
            with self._call(knowledge_base, "reading"):
                points, after = self._client.scroll(
                    _collection(knowledge_base), limit=SCROLL_POINTS, offset=after, with_vectors=with_vectors
                )
            yield from points
            if after is None:
                return

    def _dimension(self, knowledge_base: str) -> int:
        if knowledge_base not in self._dimensions:
            with self._call(knowledge_base, "reading a collection's configuration"):
                found = self._client.get_collection(_collection(knowledge_base)).config.params.vectors
            dense = found.get(ranking.DENSE) if isinstance(found, dict) else None
            if dense is None:
                raise no_index(knowledge_base)
            self._dimensions[knowledge_base] = dense.size
        return self._dimensions[knowledge_base]

    @contextmanager
    def _call(self, knowledge_base: str, doing: str) -> Iterator[None]:
        """Turn failures into NotFound if the collection is gone, else into BackendFailed."""
        try:
            with _failures(doing):
                yield
        except BackendFailed as error:
            if self.exists(knowledge_base):
                raise
            self._dimensions.pop(knowledge_base, None)
            raise no_index(knowledge_base) from error


def _collection(knowledge_base: str) -> str:
    return f"knowdesk_{safe_name(knowledge_base)}"


@contextmanager
def _failures(doing: str) -> Iterator[None]:
    try:
        yield
    except _FAILURES as error:
        raise BackendFailed(
            f"The Qdrant server failed while {doing}.", remedy="Check that it runs, KNOWDESK_QDRANT_URL and its log."
        ) from error
