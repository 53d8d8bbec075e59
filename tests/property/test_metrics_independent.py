"""Metrics against independent implementations on random cases, and the laws of the newer ones."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics import (
    Scored,
    average_precision,
    citation_precision,
    citation_recall,
    expected_calibration_error,
    faithfulness,
    hand_over,
    macro_f1,
    ndcg,
    precision,
    quadratic_kappa,
    recall,
    reciprocal_rank,
    reliability,
    rouge_l,
    rouge_n,
)
from evals.metrics.token_f1 import tokens

few = settings(derandomize=True, deadline=None, max_examples=60)
DOCUMENTS = [f"d{n}" for n in range(12)]
rankings = st.permutations(DOCUMENTS).flatmap(
    lambda order: st.integers(1, len(order)).map(lambda n: [(d, 100.0 - at) for at, d in enumerate(order[:n])])
)
grades = st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(1, 4), min_size=1)
WORDS = ("the", "cat", "sat", "on", "a", "mat", "保", "修", "两", "年", "を", "です")
words = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
ratings = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=40)
flags = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30)


def imported(name: str) -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module: ModuleType = pytest.importorskip(name)
        return module


@few
@given(rankings, grades)
def test_rankings_agree_with_trec_eval(scored: Scored, relevant: Mapping[str, int]) -> None:
    trec = imported("pytrec_eval")
    names = {"recall.1,10", "P.5", "recip_rank", "map", "ndcg_cut.10"}
    theirs = trec.RelevanceEvaluator({"q": dict(relevant)}, names).evaluate({"q": dict(scored)})["q"]
    gold = {document: float(grade) for document, grade in relevant.items()}
    assert recall(scored, gold, k=1) == pytest.approx(theirs["recall_1"])
    assert recall(scored, gold, k=10) == pytest.approx(theirs["recall_10"])
    assert precision(scored, gold, k=5) == pytest.approx(theirs["P_5"])
    assert reciprocal_rank(scored, gold, k=100) == pytest.approx(theirs["recip_rank"])
    assert average_precision(scored, gold) == pytest.approx(theirs["map"])
    assert ndcg(scored, gold, k=10) == pytest.approx(theirs["ndcg_cut_10"])


class SameTokens:
    """Makes rouge-score cut text as we do."""

    def tokenize(self, text: str) -> Sequence[str]:
        return tokens(text)


@few
@given(words, words)
def test_rouge_agrees_with_rouge_score(answer: str, gold: str) -> None:
    scorer = imported("rouge_score.rouge_scorer").RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=SameTokens())
    theirs = scorer.score(gold, answer)
    assert rouge_n(answer, [gold], n=1) == pytest.approx(theirs["rouge1"].fmeasure)
    assert rouge_n(answer, [gold], n=2) == pytest.approx(theirs["rouge2"].fmeasure)
    assert rouge_l(answer, [gold]) == pytest.approx(theirs["rougeL"].fmeasure)


@few
@given(ratings)
def test_kappa_agrees_with_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    one, other = zip(*pairs, strict=True)
    if len({*one, *other}) == 1:
        assert quadratic_kappa(one, other) == 1.0
        return
    theirs = imported("sklearn.metrics").cohen_kappa_score(one, other, weights="quadratic", labels=[1, 2, 3, 4, 5])
    assert quadratic_kappa(one, other) == pytest.approx(theirs)


@few
@given(ratings)
def test_macro_f1_agrees_with_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    gold, found = zip(*pairs, strict=True)
    theirs = imported("sklearn.metrics").f1_score(gold, found, average="macro", zero_division=0)
    assert macro_f1(gold, found) == pytest.approx(theirs)


@few
@given(flags)
def test_hand_over_agrees_with_scikit_learn(pairs: list[tuple[bool, bool]]) -> None:
    metrics = imported("sklearn.metrics")
    done, needed = zip(*pairs, strict=True)
    found = hand_over(done, needed)
    assert found.precision == pytest.approx(metrics.precision_score(needed, done, zero_division=0))
    assert found.recall == pytest.approx(metrics.recall_score(needed, done, zero_division=0))


@few
@given(st.lists(st.tuples(st.integers(0, 100).map(lambda n: n / 100), st.booleans()), min_size=1, max_size=60))
def test_reliability_agrees_with_scikit_learn(rows: list[tuple[float, bool]]) -> None:
    confidences, right = zip(*rows, strict=True)
    bins = reliability(confidences, right)
    shares, means = imported("sklearn.calibration").calibration_curve(
        right, [min(c, 0.9999) if c == 1 else c + 1e-9 for c in confidences], n_bins=10
    )
    assert [b.accuracy for b in bins] == pytest.approx(list(shares))
    assert [b.confidence for b in bins] == pytest.approx(list(means), abs=1e-3)


@few
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_reliability_loses_nobody_and_bounds_the_error(rows: list[tuple[float, bool]]) -> None:
    confidences, right = zip(*rows, strict=True)
    bins = reliability(confidences, right)
    assert sum(b.count for b in bins) == len(rows)
    assert all(b.low <= b.confidence + 1e-9 and b.confidence <= b.high + 1e-9 for b in bins)
    worst = max(abs(b.accuracy - b.confidence) for b in bins)
    assert expected_calibration_error(confidences, right) <= worst + 1e-9


@few
@given(words, words, words)
def test_rouge_lies_in_range_is_perfect_on_itself_and_grows_with_golds(answer: str, gold: str, other: str) -> None:
    for rouge in (rouge_l, lambda a, g: rouge_n(a, g, n=1), lambda a, g: rouge_n(a, g, n=2)):
        assert 0 <= rouge(answer, [gold]) <= rouge(answer, [gold, other]) <= 1
        assert rouge(answer, [gold]) == pytest.approx(rouge(gold, [answer]))
    assert rouge_l(answer, [answer]) == (1.0 if tokens(answer) else 0.0)


@few
@given(words, words)
def test_a_common_subsequence_has_no_more_than_the_common_tokens(answer: str, gold: str) -> None:
    assert rouge_n(answer, [gold], n=2) <= rouge_n(answer, [gold], n=1) + 1e-12
    assert rouge_l(answer, [gold]) <= rouge_n(answer, [gold], n=1) + 1e-12


documents = st.lists(st.sampled_from("abcd"), max_size=6)


@few
@given(documents, st.sets(st.sampled_from("abcd")), st.sampled_from("abcd"))
def test_citations_in_range_and_monotone(cited: list[str], expected: set[str], more: str) -> None:
    assert 0 <= citation_precision(cited, expected) <= 1
    wanted, shown = [(document, "") for document in expected], [(document, "x") for document in cited]
    assert 0 <= citation_recall(shown, wanted) <= citation_recall([*shown, (more, "x")], wanted) <= 1
    if more in expected:
        assert citation_precision([*cited, more], expected) >= citation_precision(cited, expected)
    assert citation_recall([(document, "x") for document in expected], wanted) == (1.0 if expected else 0.0)


@few
@given(st.lists(st.sampled_from(["2 days", "9 EUR", "LumaPay", "30%", "two weeks"]), max_size=5), st.text(max_size=20))
def test_faithfulness_is_full_on_itself_and_grows_with_evidence(said: list[str], evidence: str) -> None:
    answer = f"we say {' and '.join(said)}"
    assert faithfulness(answer, answer) == 1.0
    assert 0 <= faithfulness(answer, evidence) <= faithfulness(answer, f"{evidence}\n{answer}") == 1.0


@few
@given(ratings)
def test_kappa_is_symmetric_and_at_most_one(pairs: list[tuple[int, int]]) -> None:
    one, other = zip(*pairs, strict=True)
    assert quadratic_kappa(one, other) == pytest.approx(quadratic_kappa(other, one))
    assert quadratic_kappa(one, other) <= 1
    assert quadratic_kappa(one, one) == 1.0
    assert np.isfinite(quadratic_kappa(one, other))
