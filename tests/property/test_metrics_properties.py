"""Metrics against scikit-learn, numpy and naive implementations, and the laws they obey."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics import (
    Scored,
    aurc,
    auroc,
    average_precision,
    contains,
    expected_calibration_error,
    ndcg,
    percentile,
    precision,
    recall,
    reciprocal_rank,
    risk_coverage,
    token_f1,
)

few = settings(derandomize=True, deadline=None, max_examples=80)

DOCUMENTS = [f"d{n}" for n in range(8)]
grades = st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(1, 4).map(float), min_size=1)
scored_with_ties = st.lists(
    st.tuples(st.sampled_from(DOCUMENTS), st.integers(0, 3).map(float)), unique_by=lambda pair: pair[0]
)
scored_strictly = st.permutations(DOCUMENTS).map(lambda order: [(d, -float(n)) for n, d in enumerate(order)])
cutoffs = st.integers(1, 10)
unit = st.integers(0, 20).map(lambda n: n / 20)
judged = st.lists(st.tuples(unit, st.booleans()), min_size=1, max_size=30)
both_classes = judged.filter(lambda rows: len({right for _, right in rows}) == 2)


def naive_order(scored: Scored, relevant: dict[str, float]) -> list[str]:
    """Place documents one by one: always the best score that is left, the least relevant of those."""
    left, order = dict(scored), list[str]()
    while left:
        top = max(left.values())
        order.append(min((d for d in left if left[d] == top), key=lambda d: (relevant.get(d, 0), d)))
        del left[order[-1]]
    return order


@few
@given(scored_with_ties, grades, cutoffs)
def test_against_naive_implementations(scored: Scored, relevant: dict[str, float], k: int) -> None:
    order = naive_order(scored, dict.fromkeys(relevant, 1.0))
    hits = [document in relevant for document in order]
    assert recall(scored, relevant, k=k) == pytest.approx(sum(hits[:k]) / len(relevant))
    assert precision(scored, relevant, k=k) == pytest.approx(sum(hits[:k]) / k)
    first = hits.index(True) + 1 if True in hits else math.inf
    assert reciprocal_rank(scored, relevant, k=k) == pytest.approx(1 / first if first <= k else 0)
    precisions = [sum(hits[: n + 1]) / (n + 1) for n, hit in enumerate(hits) if hit]
    assert average_precision(scored, relevant) == pytest.approx(sum(precisions) / len(relevant))


@few
@given(scored_with_ties, grades, cutoffs)
def test_ndcg_against_a_naive_implementation(scored: Scored, relevant: dict[str, float], k: int) -> None:
    gains = [relevant.get(document, 0.0) for document in naive_order(scored, relevant)]
    best = sorted(relevant.values())[::-1]
    dcg, ideal = (sum(g / math.log2(n + 2) for n, g in enumerate(each[:k])) for each in (gains, best))
    assert ndcg(scored, relevant, k=k) == pytest.approx(dcg / ideal)


@few
@given(scored_strictly, grades, st.integers(1, 8))
def test_against_scikit_learn_where_nothing_is_tied(scored: Scored, relevant: dict[str, float], k: int) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    truth = np.array([relevant.get(document, 0.0) for document, _ in scored])
    scores = np.array([score for _, score in scored])
    assert ndcg(scored, relevant, k=k) == pytest.approx(metrics.ndcg_score([truth], [scores], k=k, ignore_ties=True))
    assert average_precision(scored, relevant) == pytest.approx(metrics.average_precision_score(truth > 0, scores))


@few
@given(scored_with_ties, grades, cutoffs)
def test_ranking_metrics_lie_between_0_and_1(scored: Scored, relevant: dict[str, float], k: int) -> None:
    values = [metric(scored, relevant, k=k) for metric in (recall, precision, reciprocal_rank, ndcg)]
    assert all(0 <= value <= 1 + 1e-12 for value in [*values, average_precision(scored, relevant)])


@few
@given(grades, st.integers(0, 3))
def test_a_perfect_ranking_is_perfect(relevant: dict[str, float], noise: int) -> None:
    scored = [*((d, 10 + grade) for d, grade in relevant.items()), *((f"x{n}", float(n)) for n in range(noise))]
    assert recall(scored, relevant, k=10) == average_precision(scored, relevant) == 1.0
    assert reciprocal_rank(scored, relevant, k=1) == 1.0
    assert ndcg(scored, relevant, k=10) == pytest.approx(1.0)


@few
@given(scored_with_ties, grades, cutoffs, st.sampled_from(DOCUMENTS))
def test_more_relevant_score_never_hurts(scored: Scored, relevant: dict[str, float], k: int, lifted: str) -> None:
    if lifted not in relevant:
        return
    raised = [(document, score + 2 * (document == lifted)) for document, score in scored]
    binary = dict.fromkeys(relevant, 1.0)
    for metric in (recall, precision, reciprocal_rank, ndcg):
        assert metric(raised, binary, k=k) >= metric(scored, binary, k=k) - 1e-12
    assert average_precision(raised, relevant) >= average_precision(scored, relevant) - 1e-12


@few
@given(scored_with_ties, grades, cutoffs)
def test_recall_grows_with_k(scored: Scored, relevant: dict[str, float], k: int) -> None:
    assert recall(scored, relevant, k=k) <= recall(scored, relevant, k=k + 1)
    assert reciprocal_rank(scored, relevant, k=k) <= reciprocal_rank(scored, relevant, k=k + 1)


@few
@given(scored_with_ties, grades)
def test_the_order_of_the_list_does_not_matter(scored: Scored, relevant: dict[str, float]) -> None:
    assert average_precision(scored, relevant) == average_precision(scored[::-1], relevant)
    assert ndcg(scored, relevant, k=5) == ndcg(scored[::-1], relevant, k=5)


@few
@given(both_classes)
def test_auroc_against_scikit_learn(rows: list[tuple[float, bool]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    scores, labels = zip(*rows, strict=True)
    assert auroc(scores, labels) == pytest.approx(metrics.roc_auc_score(labels, scores))


@few
@given(both_classes)
def test_auroc_is_blind_to_scale_and_turns_with_the_sign(rows: list[tuple[float, bool]]) -> None:
    scores, labels = zip(*rows, strict=True)
    assert auroc([3 * score + 1 for score in scores], labels) == pytest.approx(auroc(scores, labels))
    assert auroc([-score for score in scores], labels) == pytest.approx(1 - auroc(scores, labels))


@few
@given(judged)
def test_full_coverage_costs_the_overall_error_rate(rows: list[tuple[float, bool]]) -> None:
    confidences, right = zip(*rows, strict=True)
    points = risk_coverage(confidences, right)
    assert points[-1].error_rate == pytest.approx(1 - sum(right) / len(right))
    assert points[-1].answered == 1.0
    assert all(point.answered >= point.coverage - 1e-9 for point in points)
    assert [p.threshold for p in points] == sorted((p.threshold for p in points), reverse=True)


@few
@given(judged)
def test_aurc_is_no_worse_for_a_confidence_that_knows(rows: list[tuple[float, bool]]) -> None:
    confidences, right = zip(*rows, strict=True)
    knowing, misled = [float(each) for each in right], [-float(each) for each in right]
    assert -1e-12 <= aurc(knowing, right) <= aurc(confidences, right) + 1e-12
    assert aurc(confidences, right) <= aurc(misled, right) + 1e-12


@few
@given(judged)
def test_ece_against_a_naive_implementation(rows: list[tuple[float, bool]]) -> None:
    confidences, right = zip(*rows, strict=True)
    error = 0.0
    for low in range(10):
        inside = [(c, r) for c, r in rows if low <= c * 10 < low + 1 or (low == 9 and c == 1)]
        if inside:
            gap = sum(r for _, r in inside) / len(inside) - sum(c for c, _ in inside) / len(inside)
            error += len(inside) / len(rows) * abs(gap)
    assert expected_calibration_error(confidences, right) == pytest.approx(error)
    assert 0 <= error <= 1


@few
@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.floats(0, 100))
def test_percentiles_agree_with_numpy(values: list[float], q: float) -> None:
    assert percentile(values, q) == pytest.approx(float(np.percentile(values, q)), rel=1e-9, abs=1e-6)


@few
@given(st.text(max_size=20), st.text(max_size=5), st.text(max_size=5))
def test_containment_holds_when_more_is_said(gold: str, before: str, after: str) -> None:
    if contains(gold, [gold]):
        assert contains(f"{before} {gold} {after}", [gold])


@few
@given(st.text("ab 的 メ", max_size=12), st.text("ab 的 メ", max_size=12))
def test_token_f1_is_symmetric_and_perfect_on_itself(one: str, other: str) -> None:
    assert token_f1(one, [other]) == token_f1(other, [one])
    assert 0 <= token_f1(one, [other]) <= 1
    assert token_f1(one, [one]) == (1.0 if one.strip() else 0.0)
