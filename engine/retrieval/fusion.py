"""Fusion of what the retrievers found into one order.

The fused score is a weighted sum of raw scores, not of ranks: with one default for all languages it was never below
the better of its parts, while reciprocal rank fusion lost up to .2 MRR where one retriever is weak (DECISIONS.md,
"Fusion"). BM25 keeps its own scale; the cosine is stretched to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.ports import ChunkRecord, StoreHit, StoreResult

__all__ = ["Candidate", "FusionWeights", "fuse", "merge"]


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """How much one unit of each raw score counts; `same_language` multiplies for passages in the query's language."""

    sparse: float = 1.0
    context: float = 1.5
    dense: float = 40.0
    same_language: float = 1.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk with all that is known of it; a retriever that did not return it has no score here."""

    record: ChunkRecord
    scores: Mapping[str, float]
    ranks: Mapping[str, int]
    score: float = 0.0


def merge(result: StoreResult) -> tuple[Candidate, ...]:
    """Join the hits of all retrievers by chunk; a context's score goes to every candidate inside that context."""
    records: dict[str, ChunkRecord] = {}
    scores: dict[str, dict[str, float]] = {}
    ranks: dict[str, dict[str, int]] = {}
    for name, hits in (("dense", result.dense), ("sparse", result.sparse)):
        _collect(name, hits, records, scores, ranks)
    for hit in result.context:
        if hit.record.chunk_id not in records:
            records[hit.record.chunk_id], scores[hit.record.chunk_id], ranks[hit.record.chunk_id] = hit.record, {}, {}
    contexts = {hit.record.context_id: (rank, hit.score) for rank, hit in enumerate(result.context, start=1)}
    for chunk_id, record in records.items():
        if record.context_id in contexts:
            ranks[chunk_id]["context"], scores[chunk_id]["context"] = contexts[record.context_id]
    return tuple(Candidate(record, scores[chunk_id], ranks[chunk_id]) for chunk_id, record in records.items())


def _collect(
    name: str,
    hits: Sequence[StoreHit],
    records: dict[str, ChunkRecord],
    scores: dict[str, dict[str, float]],
    ranks: dict[str, dict[str, int]],
) -> None:
    for rank, hit in enumerate(hits, start=1):
        chunk_id = hit.record.chunk_id
        records[chunk_id] = hit.record
        scores.setdefault(chunk_id, {})[name] = hit.score
        ranks.setdefault(chunk_id, {})[name] = rank


def fuse(candidates: Sequence[Candidate], weights: FusionWeights, *, language: str) -> tuple[Candidate, ...]:
    """Return the candidates with their fused scores, best first, ties by chunk id.

    A missing sparse or context score counts as zero, a missing dense one as the lowest that is known.
    """
    floor = min((c.scores["dense"] for c in candidates if "dense" in c.scores), default=0.0)

    def score(candidate: Candidate) -> float:
        total = (
            weights.sparse * candidate.scores.get("sparse", 0.0)
            + weights.context * candidate.scores.get("context", 0.0)
            + weights.dense * candidate.scores.get("dense", floor)
        )
        bonus = weights.same_language - 1 if candidate.record.language == language else 0.0
        return total + bonus * abs(total)

    fused = [Candidate(c.record, c.scores, c.ranks, score(c)) for c in candidates]
    return tuple(sorted(fused, key=lambda c: (-c.score, c.record.chunk_id)))
