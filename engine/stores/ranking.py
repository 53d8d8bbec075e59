"""From a store query to ranked hits, given only what every engine can do: nearest points and records by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from engine.domain.search import SparseVector
from engine.ports import ChunkRecord, StoreHit, StoreQuery, StoreResult, Vector

__all__ = ["CONTEXT", "DENSE", "SPARSE", "SPARSE_SCAN", "Probe", "Scored", "search"]

DENSE = "dense"
SPARSE = "sparse"
CONTEXT = "context"
# points that a filter may leave for the sparse vectors to be read one by one: with Qdrant's 5,000 a filter that all of
# 4,000 chunks pass makes a search take 9 ms instead of 1
SPARSE_SCAN = 100

Scored = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Probe:
    """The nearest `limit` points to a vector are wanted, among the vectors named `using`."""

    using: str
    vector: Vector | SparseVector
    limit: int


Fetch = Callable[[Sequence[Probe]], Sequence[Sequence[Scored]]]
Load = Callable[[Sequence[str]], Mapping[str, ChunkRecord]]


def search(query: StoreQuery, fetch: Fetch, load: Load) -> StoreResult:
    """Run the retrievers that `query` has vectors for.

    `fetch` returns, for each probe, chunk ids with scores, best first, ties in any order; `load` returns the records
    of chunk ids, without those that are gone.
    """
    if query.limit < 1:
        return StoreResult()
    vectors = {DENSE: query.dense, SPARSE: query.sparse or None, CONTEXT: query.context or None}
    probes = [Probe(using, vector, query.limit) for using, vector in vectors.items() if vector is not None]
    ranked = {using: _ranked(using, hits, query.limit) for using, hits in _fetched(probes, fetch).items()}
    records = load(list(dict.fromkeys(chunk_id for hits in ranked.values() for chunk_id, _ in hits)))
    return StoreResult(
        **{
            using: tuple(StoreHit(records[chunk_id], score) for chunk_id, score in hits if chunk_id in records)
            for using, hits in ranked.items()
        }
    )


def _fetched(probes: Sequence[Probe], fetch: Fetch) -> dict[str, Sequence[Scored]]:
    """Fetch more than is wanted until no tie is cut in two, so that ties can be ordered by chunk id."""
    wanted = {probe.using: probe.limit for probe in probes}
    found: dict[str, Sequence[Scored]] = {}
    pending = [replace(probe, limit=probe.limit + 1) for probe in probes]
    while pending:
        found |= {probe.using: hits for probe, hits in zip(pending, fetch(pending), strict=True)}
        pending = [
            replace(probe, limit=2 * probe.limit)
            for probe in pending
            if len(hits := found[probe.using]) >= probe.limit and hits[wanted[probe.using] - 1][1] == hits[-1][1]
        ]
    return found


def _ranked(using: str, hits: Sequence[Scored], limit: int) -> list[Scored]:
    by_id = sorted(hits, key=itemgetter(0))
    ordered = sorted(by_id, key=itemgetter(1), reverse=True)[:limit]
    return ordered if using == DENSE else [hit for hit in ordered if hit[1] > 0]
