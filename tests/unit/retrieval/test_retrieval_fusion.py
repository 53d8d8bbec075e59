"""Joining and ordering what the retrievers found."""

from __future__ import annotations

import pytest

from engine.ports import StoreResult
from engine.retrieval.fusion import Candidate, FusionWeights, RetrieverWeights, contenders, fuse, merge
from tests.builders import hit, record

EVEN = RetrieverWeights(sparse=1.0, context=1.0, dense=10.0)
PLAIN = FusionWeights(EVEN, EVEN, EVEN, same_language=1.0)


def candidate(chunk_id: str, *, language: str = "en", within: str = "", **scores: float) -> Candidate:
    return Candidate(record(chunk_id, language=language, context=within), scores, {})


def order(*candidates: Candidate, weights: FusionWeights = PLAIN, language: str = "en") -> list[str]:
    return [each.record.chunk_id for each in fuse(candidates, weights, language=language)]


def by_id(candidates: tuple[Candidate, ...]) -> dict[str, Candidate]:
    return {each.record.chunk_id: each for each in candidates}


def test_a_chunk_that_both_retrievers_found_is_one_candidate() -> None:
    merged = by_id(merge(StoreResult(dense=(hit("a", 0.9), hit("b", 0.5)), sparse=(hit("b", 7.0),))))
    assert merged.keys() == {"a", "b"}
    assert merged["b"].scores == {"dense": 0.5, "sparse": 7.0}
    assert merged["b"].ranks == {"dense": 2, "sparse": 1}


def test_a_retriever_that_did_not_find_a_chunk_has_no_score_for_it() -> None:
    merged = by_id(merge(StoreResult(dense=(hit("a", 0.9),), sparse=(hit("b", 7.0),))))
    assert merged["a"].scores == {"dense": 0.9}
    assert merged["b"].scores == {"sparse": 7.0}


def test_a_contexts_score_goes_to_every_candidate_in_it_and_to_no_other() -> None:
    found = StoreResult(
        sparse=(hit("a", 3.0, context="one"), hit("b", 2.0, context="one"), hit("c", 1.0, context="two")),
        context=(hit("lead", 5.0, context="one"),),
    )
    merged = by_id(merge(found))
    assert merged["a"].scores["context"] == merged["b"].scores["context"] == 5.0
    assert merged["a"].ranks["context"] == 1
    assert "context" not in merged["c"].scores


def test_the_first_chunk_of_a_context_that_was_found_is_a_candidate_itself() -> None:
    merged = by_id(merge(StoreResult(context=(hit("lead", 5.0, context="one"),))))
    assert merged["lead"].scores == {"context": 5.0}


def test_a_first_chunk_found_otherwise_keeps_what_it_has() -> None:
    found = StoreResult(sparse=(hit("lead", 3.0, context="one"),), context=(hit("lead", 5.0, context="one"),))
    (only,) = merge(found)
    assert only.scores == {"sparse": 3.0, "context": 5.0}


def test_nothing_found_is_nothing_merged_and_nothing_fused() -> None:
    assert merge(StoreResult()) == ()
    assert order() == []


def test_best_scores_come_first() -> None:
    assert order(candidate("a", sparse=1.0), candidate("b", sparse=3.0), candidate("c", sparse=2.0)) == ["b", "c", "a"]


def test_equal_scores_are_ordered_by_id_whatever_order_they_came_in() -> None:
    same = [candidate(name, sparse=2.0) for name in "cab"]
    assert order(*same) == order(*reversed(same)) == ["a", "b", "c"]


@pytest.mark.parametrize("name", ["sparse", "context", "dense"])
def test_each_score_counts_alone(name: str) -> None:
    weak, strong = (candidate(chunk, within="one", sparse=1.0, context=1.0, dense=0.1) for chunk in "ab")
    stronger = Candidate(strong.record, {**strong.scores, name: 2.0}, {})
    assert order(weak, stronger) == ["b", "a"]


def test_a_chunks_own_terms_decide_only_within_its_context() -> None:
    page = [candidate(name, within="page", sparse=sparse, context=5.0) for name, sparse in (("a", 4.0), ("b", 1.0))]
    other = candidate("c", within="other", sparse=9.0, context=4.0)
    assert order(*page, other) == ["a", "c", "b"]


def test_without_a_contexts_score_a_chunk_stands_for_it_up_to_the_lowest_that_is_known() -> None:
    found = candidate("a", within="one", sparse=2.0, context=3.0)
    modest, strong = candidate("b", within="two", sparse=1.0), candidate("c", within="three", sparse=9.0)
    scores = {each.record.chunk_id: each.score for each in fuse((found, modest, strong), PLAIN, language="en")}
    assert scores == {"a": 3.0, "b": 1.0, "c": 3.0}


def test_a_chunk_that_the_dense_retriever_passed_over_is_no_better_than_its_last_hit() -> None:
    last, missing = candidate("a", sparse=2.0, dense=0.3), candidate("b", sparse=2.0)
    first = candidate("c", dense=0.9)
    scores = {each.record.chunk_id: each.score for each in fuse((last, missing, first), PLAIN, language="en")}
    assert scores["b"] == scores["a"] < scores["c"]


def test_without_dense_hits_terms_alone_decide() -> None:
    assert order(candidate("a", sparse=1.0), candidate("b", sparse=2.0)) == [
        "b",
        "a",
    ]


def test_of_equal_passages_the_one_in_the_questions_language_comes_first() -> None:
    weights = FusionWeights(same_language=1.2)
    english, japanese = candidate("a", sparse=4.0), candidate("b", language="ja", sparse=4.0)
    assert order(english, japanese, weights=weights, language="ja") == ["b", "a"]
    assert order(english, japanese, weights=weights, language="en") == ["a", "b"]


def test_a_much_better_passage_wins_over_the_questions_language() -> None:
    weights = FusionWeights(same_language=1.2)
    assert order(
        candidate("a", dense=0.9), candidate("b", language="ja", dense=0.3, sparse=4.0), weights=weights, language="ja"
    ) == [
        "a",
        "b",
    ]


def test_the_questions_language_never_counts_against_a_passage() -> None:
    weights = FusionWeights(same_language=1.2)
    english, japanese = candidate("a", dense=-0.1), candidate("b", language="ja", dense=-0.1)
    assert order(english, japanese, weights=weights, language="ja") == ["b", "a"]


@pytest.mark.parametrize(
    ("query", "passage", "best"),
    [
        ("zh-Hans", "zh-Hant", "a"),
        ("zh-Hans", "ja", "b"),
        ("de", "en", "b"),
        ("en", "zh-Hans", "c"),
        ("und", "en", "c"),
    ],
)
def test_weights_depend_on_what_query_and_passage_share(query: str, passage: str, best: str) -> None:
    sparse, context, dense = (
        RetrieverWeights(*weights) for weights in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    )
    weights = FusionWeights(language=sparse, script=context, nothing=dense)
    rivals = (
        candidate("a", language=passage, within="one", sparse=3.0, context=1.0, dense=1.0),
        candidate("b", language=passage, within="one", sparse=1.0, context=3.0, dense=1.0),
        candidate("c", language=passage, within="one", sparse=1.0, context=1.0, dense=3.0),
    )
    assert order(*rivals, weights=weights, language=query)[0] == best


def test_only_who_could_still_be_among_the_best_is_asked_for_missing_scores() -> None:
    known = (candidate("a", sparse=9.0, dense=0.9), candidate("b", sparse=5.0, dense=0.3))
    hopeful, hopeless = candidate("c", sparse=8.0), candidate("d", sparse=4.0)
    found = (*known, hopeful, hopeless)
    assert contenders(found, PLAIN, language="en", limit=2) == ("c",)
    assert contenders(found, PLAIN, language="en", limit=3) == ("c", "d")
    assert contenders(known, PLAIN, language="en", limit=1) == ()


def test_a_candidate_of_context_alone_is_not_asked_for() -> None:
    assert contenders((candidate("a", context=9.0),), PLAIN, language="en", limit=1) == ()


def test_ranks_and_raw_scores_stay_for_whoever_asks_why() -> None:
    (only,) = fuse(merge(StoreResult(sparse=(hit("a", 3.0),))), PLAIN, language="en")
    assert (only.scores, only.ranks) == ({"sparse": 3.0}, {"sparse": 1})


def test_fusing_does_not_depend_on_the_order_of_candidates() -> None:
    several = [candidate(f"c{n}", sparse=float(n % 3), dense=0.1 * n) for n in range(8)]
    assert order(*several) == order(*reversed(several))
