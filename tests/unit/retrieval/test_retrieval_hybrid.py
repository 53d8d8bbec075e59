"""Hybrid search: which retrievers run, how gaps are filled, what a passage carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import cast

import pytest

from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import SearchFilter
from engine.ports import StoreHit, StoreQuery, StoreResult, Vector, VectorStore
from engine.retrieval.hybrid import HybridRetriever, RetrievalOptions, SearchedIndex
from engine.retrieval.sparse import Bm25Encoder
from tests.builders import hit, record
from tests.fakes.embedding import HashEmbedder


@dataclass
class Store:
    """Answers from a fixed list and keeps the queries; asked about certain chunks, it scores those."""

    found: StoreResult = field(default_factory=StoreResult)
    completed: StoreResult = field(default_factory=StoreResult)
    queries: list[StoreQuery] = field(default_factory=list)

    def search(self, knowledge_base: str, query: StoreQuery) -> StoreResult:
        self.queries.append(query)
        return self.completed if query.chunk_ids else self.found


class CountingEmbedder(HashEmbedder):
    """Counts the queries that it embeds."""

    def __init__(self, *, languages: Sequence[str] = ()) -> None:
        super().__init__(8, languages=languages)
        self.embedded: list[str] = []

    def embed_query(self, text: str) -> Vector:
        self.embedded.append(text)
        return super().embed_query(text)


def retriever(store: Store, *, languages: Sequence[str] = (), candidates: int = 100) -> HybridRetriever:
    embedder = CountingEmbedder(languages=languages)
    return HybridRetriever(
        SearchedIndex(cast("VectorStore", store), "help"),
        embedder,
        Bm25Encoder(),
        RetrievalOptions(candidates=candidates),
    )


@pytest.mark.parametrize(
    ("language", "known", "runs"),
    [
        ("en", ("en",), True),
        ("ja", ("en",), False),
        ("zh-Hant", ("zh",), True),
        ("ja", (), True),
        ("und", ("en",), False),
    ],
)
def test_a_query_is_embedded_only_in_a_language_that_the_embedder_knows(
    language: str, known: tuple[str, ...], runs: bool
) -> None:
    store, embedder = Store(), CountingEmbedder(languages=known)
    HybridRetriever(SearchedIndex(cast("VectorStore", store), "help"), embedder, Bm25Encoder()).search(
        "返品 refund", language
    )
    assert embedder.embedded == (["返品 refund"] if runs else [])
    assert (store.queries[0].dense is not None) is runs


def test_terms_search_chunks_and_contexts() -> None:
    store = Store()
    retriever(store).search("refund deadline", "en")
    (query,) = store.queries
    assert query.sparse == query.context == Bm25Encoder().query("refund deadline", "en")


def test_the_filter_and_the_number_of_candidates_reach_the_store() -> None:
    store, wanted = Store(), SearchFilter(tags=("returns",), as_of=date(2026, 3, 1))
    retriever(store, candidates=7).search("refund", "en", filter=wanted)
    assert store.queries[0].filter == wanted
    assert store.queries[0].limit == 7


def test_nothing_found_is_an_empty_result() -> None:
    result = retriever(Store()).search("refund", "en")
    assert (result.passages, result.query, result.language) == ((), "refund", "en")


def test_a_query_without_terms_asks_for_no_completion() -> None:
    store = Store(StoreResult(dense=(hit("a", 0.4),)))
    result = retriever(store).search("🧺", "en")
    assert [passage.chunk_id for passage in result.passages] == ["a"]
    assert len(store.queries) == 1


def test_what_one_retriever_missed_is_scored_by_it_afterwards() -> None:
    store = Store(
        found=StoreResult(dense=(hit("a", 0.9), hit("both", 0.8)), sparse=(hit("b", 4.0), hit("both", 3.0))),
        completed=StoreResult(dense=(hit("a", 0.9), hit("b", 0.2)), sparse=(hit("b", 4.0), hit("a", 1.0))),
    )
    result = retriever(store).search("refund", "en")
    scores = {passage.chunk_id: passage.scores for passage in result.passages}
    assert scores == {
        "a": {"dense": 0.9, "sparse": 1.0},
        "b": {"dense": 0.2, "sparse": 4.0},
        "both": {"dense": 0.8, "sparse": 3.0},
    }


def test_completion_asks_for_the_gaps_alone_within_the_same_filter() -> None:
    store = Store(StoreResult(dense=(hit("a", 0.9), hit("both", 0.8)), sparse=(hit("both", 3.0),)))
    wanted = SearchFilter(languages=("en",))
    retriever(store, candidates=1).search("refund", "en", filter=wanted)
    second = store.queries[1]
    assert second.chunk_ids == ("a",)
    assert second.filter == wanted
    assert second.limit >= 1
    assert second.context is None


def test_hits_that_both_retrievers_share_need_no_second_search() -> None:
    store = Store(StoreResult(dense=(hit("a", 0.9),), sparse=(hit("a", 3.0),)))
    retriever(store).search("refund", "en")
    assert len(store.queries) == 1


def test_completed_scores_do_not_pretend_to_be_ranks() -> None:
    store = Store(
        found=StoreResult(dense=(hit("a", 0.9),), sparse=(hit("b", 4.0),)),
        completed=StoreResult(dense=(hit("b", 0.1),), sparse=(hit("a", 0.5),)),
    )
    ranks = {p.chunk_id: p.ranks for p in retriever(store).search("refund", "en").passages}
    assert ranks == {"a": {"dense": 1}, "b": {"sparse": 1}}


def test_terms_alone_need_no_completion() -> None:
    store = Store(StoreResult(sparse=(hit("a", 3.0, language="ja"),)))
    result = retriever(store, languages=("en",)).search("返品", "ja")
    assert len(store.queries) == 1
    assert result.passages[0].scores == {"sparse": 3.0}


def test_at_most_the_limit_of_passages_comes_back_best_first() -> None:
    store = Store(StoreResult(sparse=tuple(hit(f"c{n}", float(n)) for n in range(9, 0, -1))))
    passages = retriever(store, languages=("xx",)).search("refund", "en", limit=3).passages
    assert [passage.chunk_id for passage in passages] == ["c9", "c8", "c7"]
    assert sorted((p.score for p in passages), reverse=True) == [p.score for p in passages]


def test_a_passage_carries_what_the_record_says() -> None:
    kept = replace(
        record("policy@3", language="ja", text="返品は30日以内です。", version=4),
        kind=DocumentKind.POLICY,
        span=Span(100, 111),
        section=("返品", "期限"),
        page=2,
        tags=("returns",),
        effective_from=date(2026, 3, 1),
        effective_until=date(2027, 2, 28),
    )
    (found,) = retriever(Store(StoreResult(sparse=(StoreHit(kept, 3.0),)))).search("返品", "ja").passages
    shared = {each.name for each in fields(found)} & {each.name for each in fields(kept)}
    assert {"version", "span", "section", "page", "tags", "effective_until"} <= shared
    for name in shared:
        assert getattr(found, name) == getattr(kept, name), name


def test_the_time_of_each_stage_is_reported() -> None:
    timings = retriever(Store()).search("refund", "en").timings_ms
    assert {"embed", "search", "fuse"} <= timings.keys()
    assert all(value >= 0 for value in timings.values())
