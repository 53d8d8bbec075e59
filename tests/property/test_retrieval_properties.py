"""What holds for any hits: merging, fusing, and asking for missing scores."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.languages.folding import converted
from engine.languages.terms import TermKind, terms
from engine.ports import StoreHit, StoreResult
from engine.retrieval.fusion import Candidate, FusionWeights, RetrieverWeights, contenders, fuse, merge
from engine.retrieval.sparse import K1, KIND_WEIGHTS, PIVOT_LENGTH, B, Bm25Encoder
from tests.builders import hit, record

quick = settings(derandomize=True, max_examples=60, deadline=None)

LANGUAGES = ("en", "de", "zh-Hans", "zh-Hant", "ja", "ar", "und")
IDS = tuple(f"{document}@{at}" for document in "abcd" for at in range(3))
WEIGHTS = FusionWeights()
score = st.floats(0, 40).map(lambda value: round(value, 3))
languages = st.sampled_from(LANGUAGES)


def context_of(chunk_id: str) -> str:
    return f"{chunk_id.partition('@')[0]}@0"


def language_of(chunk_id: str) -> str:
    return LANGUAGES[ord(chunk_id[0]) % 3]


def hits(limit: int = 12) -> st.SearchStrategy[tuple[StoreHit, ...]]:
    """Return hits of one retriever as stores give them: each chunk once, the best first."""
    found = st.dictionaries(st.sampled_from(IDS), score, max_size=limit)
    return found.map(
        lambda scores: tuple(
            hit(chunk_id, value, language=language_of(chunk_id), context=context_of(chunk_id))
            for chunk_id, value in sorted(scores.items(), key=lambda each: (-each[1], each[0]))
        )
    )


def contexts() -> st.SearchStrategy[tuple[StoreHit, ...]]:
    """Return hits on contexts, each by its first chunk."""
    return hits().map(lambda found: tuple(each for each in found if each.record.chunk_id.endswith("@0")))


results = st.builds(StoreResult, dense=hits(), sparse=hits(), context=contexts())


@st.composite
def candidates(draw: st.DrawFn) -> tuple[Candidate, ...]:
    chosen = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=10))
    names = st.dictionaries(st.sampled_from(["dense", "sparse", "context", "late"]), score)
    return tuple(
        Candidate(record(each, language=language_of(each), context=context_of(each)), draw(names), {})
        for each in chosen
    )


def order(found: tuple[Candidate, ...]) -> list[str]:
    return [each.record.chunk_id for each in found]


@quick
@given(results)
def test_merging_loses_no_hit_and_no_score(result: StoreResult) -> None:
    merged = {each.record.chunk_id: each for each in merge(result)}
    found = {each.record.chunk_id for hits in (result.dense, result.sparse, result.context) for each in hits}
    assert set(merged) == found
    assert len(merge(result)) == len(merged)
    for name, given_hits in (("dense", result.dense), ("sparse", result.sparse)):
        kept = {chunk_id: each.scores[name] for chunk_id, each in merged.items() if name in each.scores}
        assert kept == {each.record.chunk_id: each.score for each in given_hits}
        ranks = {chunk_id: each.ranks[name] for chunk_id, each in merged.items() if name in each.ranks}
        assert ranks == {each.record.chunk_id: rank for rank, each in enumerate(given_hits, start=1)}


@quick
@given(results)
def test_all_chunks_of_a_context_have_its_score_or_none(result: StoreResult) -> None:
    known = {each.record.context_id: each.score for each in result.context}
    for each in merge(result):
        assert each.scores.get("context") == known.get(each.record.context_id)


@quick
@given(candidates(), languages)
def test_fusing_keeps_every_candidate_once_and_its_scores(found: tuple[Candidate, ...], language: str) -> None:
    fused = fuse(found, WEIGHTS, language=language)
    assert sorted(order(fused)) == sorted(order(found))
    before = {each.record.chunk_id: (each.scores, each.ranks) for each in found}
    assert all(before[each.record.chunk_id] == (each.scores, each.ranks) for each in fused)
    assert [each.score for each in fused] == sorted((each.score for each in fused), reverse=True)


@quick
@given(candidates(), languages, st.integers(0, 100))
def test_the_order_of_the_candidates_does_not_matter(found: tuple[Candidate, ...], language: str, seed: int) -> None:
    other = list(found)
    random.Random(seed).shuffle(other)
    assert fuse(found, WEIGHTS, language=language) == fuse(other, WEIGHTS, language=language)
    ids = contenders(found, WEIGHTS, language=language, limit=3)
    assert set(ids) == set(contenders(other, WEIGHTS, language=language, limit=3))


@quick
@given(candidates(), languages, st.sampled_from(["dense", "late"]), st.floats(0.01, 20), st.integers(0, 9))
def test_a_higher_score_of_a_chunk_never_lowers_its_place(
    found: tuple[Candidate, ...], language: str, name: str, more: float, at: int
) -> None:
    known = [each for each in found if name in each.scores]
    if not known:
        return
    chosen = known[at % len(known)]
    better = Candidate(chosen.record, {**chosen.scores, name: chosen.scores[name] + more}, chosen.ranks)
    others = tuple(each for each in found if each is not chosen)
    # the lowest known score stands in for those that are missing, so it must stay the same
    if any(each.scores[name] <= chosen.scores[name] for each in known if each is not chosen):
        before = order(fuse(found, WEIGHTS, language=language)).index(chosen.record.chunk_id)
        after = order(fuse((*others, better), WEIGHTS, language=language)).index(chosen.record.chunk_id)
        assert after <= before


@quick
@given(candidates(), languages, st.floats(0.1, 10))
def test_only_the_proportions_of_the_weights_decide_the_order(
    found: tuple[Candidate, ...], language: str, factor: float
) -> None:
    def scaled(each: RetrieverWeights) -> RetrieverWeights:
        return RetrieverWeights(each.sparse * factor, each.context * factor, each.dense * factor, each.late * factor)

    louder = FusionWeights(scaled(WEIGHTS.language), scaled(WEIGHTS.script), scaled(WEIGHTS.nothing))
    first, second = fuse(found, WEIGHTS, language=language), fuse(found, louder, language=language)
    by_id = {each.record.chunk_id: each.score for each in second}
    for each in first:
        assert abs(by_id[each.record.chunk_id] - each.score * factor) <= 1e-6 * max(1.0, abs(each.score * factor))


@quick
@given(candidates(), languages)
def test_the_questions_own_language_is_never_a_disadvantage(found: tuple[Candidate, ...], language: str) -> None:
    neutral = FusionWeights(WEIGHTS.language, WEIGHTS.script, WEIGHTS.nothing, same_language=1.0)
    plain = {each.record.chunk_id: each.score for each in fuse(found, neutral, language=language)}
    for each in fuse(found, WEIGHTS, language=language):
        own = each.record.language == language
        assert each.score >= plain[each.record.chunk_id] if own else each.score == plain[each.record.chunk_id]


@quick
@given(candidates(), languages, st.integers(1, 5))
def test_only_candidates_with_one_score_missing_are_asked_for(
    found: tuple[Candidate, ...], language: str, limit: int
) -> None:
    asked = contenders(found, WEIGHTS, language=language, limit=limit)
    known = {each.record.chunk_id: len({"dense", "sparse"} & each.scores.keys()) for each in found}
    assert all(known[each] == 1 for each in asked)
    assert len(set(asked)) == len(asked)
    complete = sum(value == 2 for value in known.values())
    if complete < limit:  # nobody can be ruled out yet
        assert {each for each, value in known.items() if value == 1} == set(asked)


@quick
@given(candidates(), languages, st.integers(1, 5))
def test_who_wants_more_asks_for_no_fewer(found: tuple[Candidate, ...], language: str, limit: int) -> None:
    few = contenders(found, WEIGHTS, language=language, limit=limit)
    many = contenders(found, WEIGHTS, language=language, limit=limit + 1)
    assert set(few) <= set(many)


WORDS = ["kettle", "Kettle", "refund", "the", "of", "退货", "退貨", "邮费", "返品", "送料は", "K2-100", "。", "?", "😀"]
PIECES = st.sampled_from([*WORDS, "\n", "\ud800"])
texts = st.lists(PIECES, max_size=30).map(" ".join) | st.text(st.characters(exclude_categories=()), max_size=40)
ENCODER = Bm25Encoder()


@quick
@given(texts, languages)
def test_vectors_are_sorted_unique_and_positive(text: str, language: str) -> None:
    for vector in (ENCODER.passage(text, language), ENCODER.query(text, language)):
        assert list(vector.indices) == sorted(set(vector.indices))
        assert len(vector.indices) == len(vector.values)
        assert all(value > 0 for value in vector.values)


@quick
@given(texts, languages)
def test_passages_weigh_terms_as_the_formula_says(text: str, language: str) -> None:
    counted = terms(text, language)
    norm = K1 * (1 - B + B * counted.length / PIVOT_LENGTH)
    expected = {
        term: count * (K1 + 1) / (count + norm) for kind in TermKind for term, count in counted.ids(kind).items()
    }
    vector = ENCODER.passage(text, language)
    assert dict(zip(vector.indices, vector.values, strict=True)) == expected
    assert all(value < K1 + 1 for value in vector.values)


@quick
@given(texts, languages)
def test_a_query_asks_for_nothing_that_is_not_in_its_words(text: str, language: str) -> None:
    assert set(ENCODER.query(text, language).indices) <= set(ENCODER.passage(text, language).indices)
    assert min(ENCODER.query(text, language).values, default=1.0) >= min(KIND_WEIGHTS.values())


@quick
@given(texts, languages)
def test_a_text_said_twice_has_the_same_terms_and_none_weighs_half(text: str, language: str) -> None:
    once, twice = ENCODER.passage(text, language), ENCODER.passage(f"{text}\n\n{text}", language)
    assert set(once.indices) <= set(twice.indices)
    again = dict(zip(twice.indices, twice.values, strict=True))
    assert all(again[index] > value / 2 for index, value in zip(once.indices, once.values, strict=True))


@quick
@given(texts)
def test_traditional_and_simplified_texts_meet(text: str) -> None:
    other = converted(text, "s2t")
    assert ENCODER.passage(other, "zh-Hant") == ENCODER.passage(converted(text, "t2s"), "zh-Hant")
