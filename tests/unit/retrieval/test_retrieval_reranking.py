"""The best candidates, ordered anew by a reranker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pytest

from engine.ports import StoreHit, StoreQuery, StoreResult, Vector, VectorStore
from engine.retrieval.fusion import FusionWeights, RetrieverWeights
from engine.retrieval.hybrid import HybridRetriever, RetrievalOptions, SearchedIndex
from engine.retrieval.sparse import Bm25Encoder
from tests.builders import record
from tests.fakes.embedding import HashEmbedder

EVERY = RetrieverWeights(sparse=1.0, context=1.0, dense=0.0, late=10.0)
WEIGHTS = FusionWeights(EVERY, EVERY, EVERY, same_language=1.0)


@dataclass
class Store:
    """Finds three chunks, the first with the highest BM25 score."""

    texts: Sequence[str] = ("one", "two", "three")

    def search(self, knowledge_base: str, query: StoreQuery) -> StoreResult:
        hits = [StoreHit(record(text, text=text), 3.0 - at) for at, text in enumerate(self.texts)]
        dense = tuple(StoreHit(hit.record, 0.5) for hit in hits)
        return StoreResult(dense=dense, sparse=tuple(hits))


@dataclass
class Favourite:
    """Finds one text relevant and no other, and keeps what it was asked."""

    text: str
    asked: list[list[str]] = field(default_factory=list)

    def relevance(self, query: str, texts: Sequence[str]) -> Vector:
        self.asked.append(list(texts))
        return np.array([float(self.text in text) for text in texts], dtype=np.float32)


def found(reranker: Favourite | None, *, reranked: int = 50, limit: int = 10) -> list[str]:
    options = RetrievalOptions(reranked=reranked, weights=WEIGHTS)
    retriever = HybridRetriever(
        SearchedIndex(cast("VectorStore", Store()), "help"), HashEmbedder(8), Bm25Encoder(), options, reranker=reranker
    )
    return [passage.chunk_id for passage in retriever.search("refund", "en", limit=limit).passages]


def test_without_a_reranker_the_retrievers_decide() -> None:
    assert found(None) == ["one", "two", "three"]


@pytest.mark.parametrize("text", ["one", "two", "three"])
def test_what_the_reranker_finds_relevant_comes_first(text: str) -> None:
    assert found(Favourite(text))[0] == text


def test_only_the_best_are_judged_and_the_rest_keep_their_place() -> None:
    favourite = Favourite("three")
    assert found(favourite, reranked=2, limit=1) == ["one"]
    assert len(favourite.asked[0]) == 2


def test_as_many_as_are_wanted_are_judged() -> None:
    favourite = Favourite("three")
    assert found(favourite, reranked=1, limit=3)[0] == "three"


def test_title_and_headings_are_judged_with_the_text() -> None:
    favourite = Favourite("one")
    found(favourite)
    chunk = record("one", text="one")
    assert favourite.asked[0][0] == "\n".join((chunk.title, *chunk.section, "one"))


def test_the_time_of_reranking_is_told() -> None:
    retriever = HybridRetriever(
        SearchedIndex(cast("VectorStore", Store()), "help"), HashEmbedder(8), Bm25Encoder(), reranker=Favourite("two")
    )
    assert "rerank" in retriever.search("refund", "en").timings_ms
