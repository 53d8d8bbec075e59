"""Make one index hold what another one holds."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from engine.ports import IndexedChunk, StoreQuery, VectorStore
from engine.stores.snapshot import read_snapshot

__all__ = ["ComparedIndex", "CopiedIndex", "compare_index", "copy_index"]

_UPSERT: Final = 512
_LIMIT: Final = 10  # hits that are compared of each sampled query


@dataclass(frozen=True, slots=True)
class CopiedIndex:
    """What became of an index: its chunks, those that were written, and the documents that some were removed of."""

    knowledge_base: str
    chunks: int
    written: int
    thinned: int


@dataclass(frozen=True, slots=True)
class ComparedIndex:
    """Counts on both sides, and the mean share of the source's hits that the target finds, too."""

    knowledge_base: str
    source: int
    target: int
    queries: int
    agreement: float


def copy_index(source: VectorStore, target: VectorStore, knowledge_base: str) -> CopiedIndex:
    """Bring the target's index to the state of the source's; chunks that are there as they are stay.

    A chunk is told by its record: the same text in the same place of the same version has the same vectors.
    """
    with tempfile.TemporaryDirectory() as made:
        place = Path(made) / "snapshot"
        source.snapshot(knowledge_base, place)
        dimension, chunks = read_snapshot(place)
        target.create(knowledge_base, dimension)
        known = {record.chunk_id: hash(record) for record in target.records(knowledge_base)}
        versions, count, written = defaultdict[str, set[int]](set), 0, 0
        new: list[IndexedChunk] = []
        for chunk in chunks:
            count += 1
            versions[chunk.record.document_id].add(chunk.record.version)
            if known.get(chunk.record.chunk_id) != hash(chunk.record):
                new.append(chunk)
            if len(new) == _UPSERT:
                target.upsert(knowledge_base, new)
                written, new = written + len(new), []
        target.upsert(knowledge_base, new)
    thinned = _thinned(target, knowledge_base, versions)
    return CopiedIndex(knowledge_base, count, written + len(new), thinned)


def compare_index(source: VectorStore, target: VectorStore, knowledge_base: str, *, sample: int) -> ComparedIndex:
    """Ask both for the neighbours of some chunks, spread evenly over all."""
    count = source.count(knowledge_base)
    shares = []
    for chunk_id in _spread(source, knowledge_base, count, sample):
        vector = source.vectors(knowledge_base, [chunk_id])[chunk_id]
        query = StoreQuery(dense=vector, limit=_LIMIT)
        here, there = (
            {hit.record.chunk_id for hit in store.search(knowledge_base, query).dense} for store in (source, target)
        )
        shares.append(len(here & there) / max(1, len(here)))
    agreement = float(np.mean(shares)) if shares else 1.0
    return ComparedIndex(knowledge_base, count, target.count(knowledge_base), len(shares), agreement)


def _thinned(target: VectorStore, knowledge_base: str, versions: dict[str, set[int]]) -> int:
    """Remove the chunks of versions that the source has none of; return of how many documents."""
    gone = {
        record.document_id
        for record in target.records(knowledge_base)
        if record.version not in versions.get(record.document_id, ())
    }
    for document_id in gone:
        target.delete_document(knowledge_base, document_id, keep_versions=versions.get(document_id, ()))
    return len(gone)


def _spread(store: VectorStore, knowledge_base: str, count: int, sample: int) -> Iterator[str]:
    step = max(1, count // sample) if sample else count + 1
    yield from (record.chunk_id for record in islice(store.records(knowledge_base), 0, step * sample, step))
