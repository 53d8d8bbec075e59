"""qdrant-client's terms: how a collection is configured, and points, filters and requests in its types."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from qdrant_client import models

from engine.domain.search import SparseVector
from engine.ports import IndexedChunk, Vector
from engine.stores.payload import DOCUMENT_ID, VERSION, Among, Condition, from_payload, keyword, to_payload
from engine.stores.ranking import CONTEXT, DENSE, SPARSE, Probe

__all__ = [
    "HNSW",
    "dense_vector",
    "document_filter",
    "from_point",
    "to_filter",
    "to_point",
    "to_request",
]

HNSW = models.HnswConfigDiff(m=16, ef_construct=256)  # searches use ef_construct where they say nothing
# counted over the points that are there, since server 1.19: the index's own statistics go on counting deleted ones
LIVE_STATISTICS = models.SearchParams(idf=models.IdfCorpusParams(corpus=models.Filter()))


def to_point(chunk: IndexedChunk) -> models.PointStruct:
    """Return a chunk as qdrant-client takes it."""
    vectors: dict[str, models.Vector] = {DENSE: chunk.dense.tolist()}
    for using, sparse in ((SPARSE, chunk.sparse), (CONTEXT, chunk.context)):
        if sparse:
            vectors[using] = _sparse(sparse)
    return models.PointStruct(id=chunk.record.chunk_id, vector=vectors, payload=to_payload(chunk.record))


def from_point(point: models.Record) -> IndexedChunk:
    """Return the chunk of a point that was read with its vectors."""
    vectors = point.vector if isinstance(point.vector, dict) else {}
    sparse = {
        using: SparseVector(tuple(found.indices), tuple(found.values))
        for using, found in vectors.items()
        if isinstance(found, models.SparseVector)
    }
    return IndexedChunk(
        from_payload(point.payload or {}),
        dense_vector(point),
        sparse.get(SPARSE, SparseVector((), ())),
        sparse.get(CONTEXT),
    )


def dense_vector(point: models.Record) -> Vector:
    """Return the dense vector of a point that was read with its vectors."""
    vectors = point.vector if isinstance(point.vector, dict) else {}
    return np.asarray(vectors[DENSE], dtype=np.float32)


def to_filter(conditions: Sequence[Condition], ids: Sequence[str] | None = None) -> models.Filter | None:
    """Return a filter that asks for all conditions and, if given, for one of the point ids."""
    must: list[models.Condition] = [_condition(condition) for condition in conditions]
    if ids is not None:
        must.append(models.HasIdCondition(has_id=list(ids)))
    return models.Filter(must=must) if must else None


def document_filter(document_id: str, *, keep_versions: Collection[int]) -> models.Filter:
    """Return a filter for the chunks of a document, but for those of some versions."""
    kept: list[models.Condition] = [
        models.FieldCondition(key=VERSION, match=models.MatchValue(value=kept)) for kept in keep_versions
    ]
    return models.Filter(must=[_condition(Among(DOCUMENT_ID, (keyword(document_id),)))], must_not=kept or None)


def to_request(
    probe: Probe, filter: models.Filter | None, dense_search: models.SearchParams | None = None
) -> models.QueryRequest:
    """Return a request for ids and scores; `dense_search` says how dense vectors are searched."""
    sparse = _sparse(probe.vector) if isinstance(probe.vector, SparseVector) else None
    return models.QueryRequest(
        query=sparse or np.asarray(probe.vector).tolist(),
        using=probe.using,
        filter=filter,
        limit=probe.limit,
        params=LIVE_STATISTICS if sparse else dense_search,
        with_payload=False,
        with_vector=False,
    )


def _sparse(vector: SparseVector) -> models.SparseVector:
    return models.SparseVector(indices=list(vector.indices), values=list(vector.values))


def _condition(condition: Condition) -> models.FieldCondition:
    if isinstance(condition, Among):
        return models.FieldCondition(key=condition.field, match=models.MatchAny(any=list(condition.values)))
    return models.FieldCondition(key=condition.field, range=models.Range(gte=condition.lowest, lte=condition.highest))
