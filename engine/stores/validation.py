"""Checks of what comes into a store, so that a mistake is named before the engine behind chokes on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from engine.errors import Conflict, InvalidInput, NotFound
from engine.ports import IndexedChunk, StoreQuery, Vector

__all__ = ["check_chunks", "check_dimension", "check_query", "no_index", "point_ids"]

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_REMEDY = "Index the knowledge base anew with the model that is used now."


def no_index(knowledge_base: str) -> NotFound:
    """Return the error for a knowledge base that has no index."""
    return NotFound(f"Knowledge base {knowledge_base!r} has no index.", remedy="Ingest documents into it first.")


def check_dimension(knowledge_base: str, *, found: int, wanted: int) -> None:
    """Raise Conflict if the index that was found is of another dimension than is wanted."""
    if found != wanted:
        raise Conflict(
            f"The index of knowledge base {knowledge_base!r} has vectors of dimension {found}, not {wanted}.",
            remedy="Set the embedding model back, or index it anew with `knowdesk ingest --rebuild`.",
        )


def check_chunks(chunks: Sequence[IndexedChunk], dimension: int) -> None:
    """Raise InvalidInput for a chunk whose id is no UUID or whose vector is of another dimension or not finite."""
    for chunk in chunks:
        if not _UUID.fullmatch(chunk.record.chunk_id):
            raise InvalidInput("A chunk's id is not a lower-case UUID.", remedy="Make ids with `stable_id`.")
        _check_vector(chunk.dense, dimension)


def check_query(query: StoreQuery, dimension: int) -> None:
    """Raise InvalidInput for a query vector of another dimension or with values that are not finite."""
    if query.dense is not None:
        _check_vector(query.dense, dimension)


def point_ids(chunk_ids: Iterable[str]) -> list[str]:
    """Return the ids that a chunk can have; no chunk has any of the others."""
    return [chunk_id for chunk_id in chunk_ids if _UUID.fullmatch(chunk_id)]


def _check_vector(vector: Vector, dimension: int) -> None:
    if vector.shape != (dimension,):
        found = "x".join(map(str, vector.shape))
        raise InvalidInput(f"The index has vectors of dimension {dimension}, not {found}.", remedy=_REMEDY)
    if not np.isfinite(vector).all():
        raise InvalidInput("A vector has values that are not finite.", remedy="Check the embedding model.")
