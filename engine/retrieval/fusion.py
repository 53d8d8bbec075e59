"""Fusion of what the retrievers found into one order.

The fused score is a weighted sum of raw scores, not of ranks: with one default for all languages it was never below
the better of its parts, while reciprocal rank fusion lost up to .2 MRR where one retriever is weak (DECISIONS.md,
"Fusion"). BM25 keeps its own scale; the cosine is stretched to it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from engine.languages.kinship import kinship
from engine.ports import ChunkRecord, StoreHit, StoreResult

__all__ = ["Candidate", "FusionWeights", "RetrieverWeights", "contenders", "fuse", "merge"]

DENSE, SPARSE, CONTEXT, LATE = "dense", "sparse", "context", "late"


@dataclass(frozen=True, slots=True)
class RetrieverWeights:
    """How much one unit of each retriever's raw score counts.

    The context's score decides among contexts; `sparse` weighs only what a chunk scores below the best chunk of its
    context, and so decides among those.
    """

    sparse: float
    context: float
    dense: float
    late: float = 0.0


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """Weights by what query and passage share; `same_language` multiplies for passages in the query's own language.

    Fitted by `python -m evals.fit_fusion --fit` on one half of the queries of support pages, XQuAD-R, CMRC 2018, DRCD
    and JaQuAD. The less two languages share, the less their words can be compared, and the more vectors count. The
    cosine weighs the same everywhere, so that passages in several languages can be put into one order.
    """

    language: RetrieverWeights = RetrieverWeights(sparse=1.0, context=3.0, dense=40.0, late=40.0)
    script: RetrieverWeights = RetrieverWeights(sparse=0.28, context=0.83, dense=40.0, late=66.0)
    nothing: RetrieverWeights = RetrieverWeights(sparse=0.1, context=0.3, dense=40.0, late=80.0)
    same_language: float = 1.15

    def between(self, query_language: str, passage_language: str) -> RetrieverWeights:
        """Return the weights for a passage in one language found by a query in another."""
        weights: RetrieverWeights = getattr(self, kinship(query_language, passage_language))
        return weights


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
    for name, hits in ((DENSE, result.dense), (SPARSE, result.sparse)):
        _collect(name, hits, records, scores, ranks)
    for hit in result.context:
        if hit.record.chunk_id not in records:
            records[hit.record.chunk_id], scores[hit.record.chunk_id], ranks[hit.record.chunk_id] = hit.record, {}, {}
    contexts = {hit.record.context_id: (rank, hit.score) for rank, hit in enumerate(result.context, start=1)}
    for chunk_id, record in records.items():
        if record.context_id in contexts:
            ranks[chunk_id][CONTEXT], scores[chunk_id][CONTEXT] = contexts[record.context_id]
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

    A missing sparse score counts as zero, a missing dense or late one as the lowest that is known, that of a missing
    context as the chunk's own, up to the lowest that is known.
    """
    totals = _totals(candidates, weights, language, sparse=0.0)
    fused = [Candidate(c.record, c.scores, c.ranks, total) for c, total in zip(candidates, totals, strict=True)]
    fused.sort(key=lambda candidate: candidate.record.chunk_id)
    fused.sort(key=attrgetter("score"), reverse=True)
    return tuple(fused)


def contenders(
    candidates: Sequence[Candidate], weights: FusionWeights, *, language: str, limit: int
) -> tuple[str, ...]:
    """Return the ids of candidates with a score missing that could be among the best `limit` if it were known.

    What a retriever did not return scores at most as much as the last hit that it did return (the threshold algorithm
    of Fagin, Lotem and Naor, 2003); whoever is below the best `limit` complete candidates even so is not worth asking.
    """
    totals = _totals(candidates, weights, language, sparse=_lowest(candidates, SPARSE))
    complete, partial = list[float](), dict[str, float]()
    for candidate, best in zip(candidates, totals, strict=True):
        known = (DENSE in candidate.scores) + (SPARSE in candidate.scores)
        if known == 2:
            complete.append(best)
        elif known == 1:
            partial[candidate.record.chunk_id] = best
    enough = sorted(complete, reverse=True)[limit - 1] if len(complete) >= limit else float("-inf")
    return tuple(chunk_id for chunk_id, best in partial.items() if best >= enough)


def _totals(candidates: Sequence[Candidate], weights: FusionWeights, language: str, *, sparse: float) -> list[float]:
    """Return the sum of each candidate's weighed scores; `sparse` stands for one that is missing.

    Weights are looked up once for each language of the candidates.
    """
    languages = [c.record.language for c in candidates]
    between = {other: weights.between(language, other) for other in set(languages)}
    dense, late = _lowest(candidates, DENSE), _lowest(candidates, LATE)
    context = _lowest(candidates, CONTEXT, default=math.inf)
    own = [c.scores.get(SPARSE, sparse) for c in candidates]
    contexts = [c.record.context_id or c.record.chunk_id for c in candidates]
    best = dict.fromkeys(contexts, 0.0)
    for name, score in zip(contexts, own, strict=True):
        best[name] = max(best[name], score)
    totals = []
    favour = weights.same_language - 1
    for candidate, spoken, name, score in zip(candidates, languages, contexts, own, strict=True):
        weigh, get = between[spoken], candidate.scores.get
        found = (
            weigh.sparse * (score - best[name])
            + weigh.context * get(CONTEXT, score if score < context else context)
            + weigh.dense * get(DENSE, dense)
            + weigh.late * get(LATE, late)
        )
        totals.append(found + favour * abs(found) if spoken == language else found)
    return totals


def _lowest(candidates: Sequence[Candidate], retriever: str, default: float = 0.0) -> float:
    return min([c.scores[retriever] for c in candidates if retriever in c.scores], default=default)
