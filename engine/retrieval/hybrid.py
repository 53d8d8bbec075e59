"""Hybrid search over one index: dense and sparse retrieval, completed scores, reranking, fusion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.domain.search import Passage, SearchFilter, SearchResult
from engine.observability import Stopwatch
from engine.ports import ChunkRecord, Embedder, Reranker, StoreHit, StoreQuery, StoreResult, VectorStore
from engine.retrieval.fusion import LATE, Candidate, FusionWeights, contenders, fuse, merge
from engine.retrieval.query_vector import query_vector
from engine.retrieval.sparse import Bm25Encoder
from engine.retrieval.visibility import Visibility, doubled

__all__ = ["HybridRetriever", "RetrievalOptions", "SearchedIndex"]


@dataclass(frozen=True, slots=True)
class SearchedIndex:
    """An index by what its store calls it."""

    store: VectorStore
    name: str

    def search(self, query: StoreQuery) -> StoreResult:
        """Run the retrievers that `query` has vectors for."""
        return self.store.search(self.name, query)


@dataclass(frozen=True, slots=True)
class RetrievalOptions:
    """How many hits each retriever contributes, how many of the best are reranked, and how all is weighed."""

    candidates: int = 100
    reranked: int = 50
    weights: FusionWeights = field(default_factory=FusionWeights)


class HybridRetriever:
    """Finds the passages for a query.

    The query is embedded only when the embedder understands its language: elsewhere its vector is noise, and BM25
    alone is both better and faster. BM25 alone searches, too, while embedding fails.
    """

    def __init__(
        self,
        index: SearchedIndex,
        embedder: Embedder,
        encoder: Bm25Encoder,
        options: RetrievalOptions | None = None,
        *,
        reranker: Reranker | None = None,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._encoder = encoder
        self._options = options or RetrievalOptions()
        self._reranker = reranker

    def search(
        self,
        query: str,
        language: str,
        *,
        filter: SearchFilter | None = None,
        limit: int = 10,
        visibility: Visibility | None = None,
    ) -> SearchResult:
        """Return at most `limit` passages, best first.

        Without `visibility`, chunks of all versions that are indexed take part.
        """
        watch = Stopwatch()
        dense = query_vector(self._embedder, query, language, watch)
        with watch.stage("terms"):
            sparse = self._encoder.query(query, language)
        depth = max(limit, self._options.reranked if self._reranker else 0)
        wanted = StoreQuery(dense, sparse, sparse, filter or SearchFilter(), self._options.candidates)

        def find(most: int) -> tuple[Candidate, ...]:
            query = replace(wanted, limit=most)
            found = merge(self._index.search(query))
            return self._complete(query, found, language=language, limit=depth + doubled(found))

        with watch.stage("search"):
            most = wanted.limit
            candidates = visibility.candidates(find, candidates=most, wanted=limit) if visibility else find(most)
        with watch.stage("fuse"):
            ranked = fuse(candidates, self._options.weights, language=language)
        with watch.stage("rerank"):
            ranked = self._reranked(query, language, ranked, depth=depth)
        passages = tuple(_passage(candidate) for candidate in ranked[:limit])
        return SearchResult(query, language, passages, watch.timings_ms)

    def _reranked(
        self, query: str, language: str, ranked: tuple[Candidate, ...], *, depth: int
    ) -> tuple[Candidate, ...]:
        """Order anew with what the reranker says of the best `depth`; the rest cannot be better than the worst."""
        if self._reranker is None:
            return ranked
        best = ranked[:depth]
        relevance = self._reranker.relevance(query, [_searched(candidate.record) for candidate in best])
        judged = (
            Candidate(candidate.record, {**candidate.scores, LATE: float(score)}, candidate.ranks)
            for candidate, score in zip(best, relevance, strict=True)
        )
        return fuse((*judged, *ranked[depth:]), self._options.weights, language=language)

    def _complete(
        self,
        wanted: StoreQuery,
        candidates: tuple[Candidate, ...],
        *,
        language: str,
        limit: int,
    ) -> tuple[Candidate, ...]:
        """Score what one retriever found and another did not, so that no candidate is judged on half of it."""
        if wanted.dense is None or not wanted.sparse:
            return candidates
        partial = contenders(candidates, self._options.weights, language=language, limit=limit)
        if not partial:
            return candidates
        found = self._index.search(replace(wanted, context=None, chunk_ids=partial, limit=len(partial)))
        dense, sparse = _by_id(found.dense), _by_id(found.sparse)
        return tuple(_with_missing(c, dense, sparse) for c in candidates)


def _searched(record: ChunkRecord) -> str:
    return "\n".join((record.title, *record.section, record.text))


def _by_id(hits: tuple[StoreHit, ...]) -> Mapping[str, float]:
    return {hit.record.chunk_id: hit.score for hit in hits}


def _with_missing(candidate: Candidate, dense: Mapping[str, float], sparse: Mapping[str, float]) -> Candidate:
    chunk_id = candidate.record.chunk_id
    found = {
        name: scores[chunk_id]
        for name, scores in (("dense", dense), ("sparse", sparse))
        if chunk_id in scores and name not in candidate.scores
    }
    return Candidate(candidate.record, {**candidate.scores, **found}, candidate.ranks) if found else candidate


def _passage(candidate: Candidate) -> Passage:
    record = candidate.record
    return Passage(
        chunk_id=record.chunk_id,
        document_id=record.document_id,
        version=record.version,
        title=record.title,
        uri=record.uri,
        kind=record.kind,
        language=record.language,
        section=record.section,
        page=record.page,
        span=record.span,
        text=record.text,
        score=candidate.score,
        ranks=dict(candidate.ranks),
        scores=dict(candidate.scores),
        tags=record.tags,
        effective_from=record.effective_from,
        effective_until=record.effective_until,
        quarantined=record.quarantined,
    )
