"""Hybrid search over one knowledge base: dense and sparse retrieval, completed scores, fusion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.domain.search import Passage, SearchFilter, SearchResult
from engine.observability import Stopwatch
from engine.ports import Embedder, StoreHit, StoreQuery, VectorStore
from engine.retrieval.fusion import Candidate, FusionWeights, fuse, merge
from engine.retrieval.sparse import Bm25Encoder

__all__ = ["HybridRetriever", "RetrievalOptions"]


@dataclass(frozen=True, slots=True)
class RetrievalOptions:
    """How many hits each retriever contributes, and how they are weighed."""

    candidates: int = 100
    weights: FusionWeights = field(default_factory=FusionWeights)


class HybridRetriever:
    """Finds the passages for a query.

    The query is embedded only when the embedder understands its language: elsewhere its vector is noise, and BM25
    alone is both better and faster.
    """

    def __init__(
        self, store: VectorStore, embedder: Embedder, encoder: Bm25Encoder, options: RetrievalOptions | None = None
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._encoder = encoder
        self._options = options or RetrievalOptions()

    def search(
        self,
        knowledge_base: str,
        query: str,
        language: str,
        *,
        filter: SearchFilter | None = None,
        limit: int = 10,
    ) -> SearchResult:
        """Return at most `limit` passages, best first; the knowledge base must have an index."""
        watch = Stopwatch()
        with watch.stage("embed"):
            dense = self._embedder.embed_query(query) if self._embedder.info.understands(language) else None
        with watch.stage("terms"):
            sparse = self._encoder.query(query, language)
        wanted = StoreQuery(dense, sparse, sparse, filter or SearchFilter(), self._options.candidates)
        with watch.stage("search"):
            candidates = self._complete(knowledge_base, wanted, merge(self._store.search(knowledge_base, wanted)))
        with watch.stage("fuse"):
            ranked = fuse(candidates, self._options.weights, language=language)
            passages = tuple(_passage(candidate) for candidate in ranked[:limit])
        return SearchResult(query, language, passages, watch.timings_ms)

    def _complete(
        self, knowledge_base: str, wanted: StoreQuery, candidates: tuple[Candidate, ...]
    ) -> tuple[Candidate, ...]:
        """Score what one retriever found and another did not, so that no candidate is judged on half of it."""
        if wanted.dense is None or not wanted.sparse:
            return candidates
        partial = tuple(c.record.chunk_id for c in candidates if len(c.scores.keys() & {"dense", "sparse"}) == 1)
        if not partial:
            return candidates
        found = self._store.search(
            knowledge_base,
            replace(wanted, context=None, chunk_ids=partial, limit=len(partial)),
        )
        dense, sparse = _by_id(found.dense), _by_id(found.sparse)
        return tuple(_with_missing(c, dense, sparse) for c in candidates)


def _by_id(hits: tuple[StoreHit, ...]) -> Mapping[str, float]:
    return {hit.record.chunk_id: hit.score for hit in hits}


def _with_missing(candidate: Candidate, dense: Mapping[str, float], sparse: Mapping[str, float]) -> Candidate:
    chunk_id = candidate.record.chunk_id
    found = {
        name: scores[chunk_id]
        for name, scores in (("dense", dense), ("sparse", sparse))
        if chunk_id in scores and name not in candidate.scores
    }
    return replace(candidate, scores={**candidate.scores, **found}) if found else candidate


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
    )
