"""Metrics of rankings against cases computed by hand."""

from __future__ import annotations

import math

import pytest

from evals.metrics import average_precision, ndcg, precision, recall, reciprocal_rank

# Relevant documents at ranks 2 and 4 of five; a third one was not found.
SCORED = [("a", 5.0), ("G1", 4.0), ("b", 3.0), ("G2", 2.0), ("c", 1.0)]
RELEVANT = {"G1", "G2", "G3"}


@pytest.mark.parametrize(("k", "expected"), [(1, 0.0), (2, 1 / 3), (3, 1 / 3), (4, 2 / 3), (100, 2 / 3)])
def test_recall(k: int, expected: float) -> None:
    assert recall(SCORED, RELEVANT, k=k) == pytest.approx(expected)


@pytest.mark.parametrize(("k", "expected"), [(1, 0.0), (2, 1 / 2), (4, 2 / 4), (10, 2 / 10)])
def test_precision_divides_by_k_even_if_fewer_were_found(k: int, expected: float) -> None:
    assert precision(SCORED, RELEVANT, k=k) == pytest.approx(expected)


@pytest.mark.parametrize(("k", "expected"), [(1, 0.0), (2, 1 / 2), (10, 1 / 2)])
def test_reciprocal_rank_is_cut_off_at_k(k: int, expected: float) -> None:
    assert reciprocal_rank(SCORED, RELEVANT, k=k) == pytest.approx(expected)


def test_average_precision_divides_by_all_relevant_documents() -> None:
    assert average_precision(SCORED, RELEVANT) == pytest.approx((1 / 2 + 2 / 4) / 3)


def test_binary_ndcg() -> None:
    found = 1 / math.log2(3) + 1 / math.log2(5)
    ideal = 1 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(SCORED, dict.fromkeys(RELEVANT, 1.0), k=10) == pytest.approx(found / ideal)


def test_graded_ndcg_takes_the_grade_as_the_gain() -> None:
    # The first ranks of the example in Järvelin and Kekäläinen (2002): G' = <3, 2, 3, 0, 0, 1, ...>.
    grades = {"d1": 3.0, "d2": 2.0, "d3": 3.0, "d6": 1.0}
    scored = [(f"d{rank}", -float(rank)) for rank in range(1, 7)]
    found = 3 + 2 / math.log2(3) + 3 / 2 + 1 / math.log2(7)
    ideal = 3 + 3 / math.log2(3) + 2 / 2 + 1 / math.log2(5)
    assert ndcg(scored, grades, k=10) == pytest.approx(found / ideal)


def test_ndcg_cuts_the_ideal_off_at_k_too() -> None:
    assert ndcg([("a", 2.0), ("b", 1.0)], {"a": 1.0, "b": 1.0}, k=1) == 1.0


def test_a_tie_at_the_top_costs_the_first_place() -> None:
    tied = [("G1", 1.0), ("a", 1.0)]
    assert reciprocal_rank(tied, {"G1"}, k=10) == 1 / 2
    assert recall(tied, {"G1"}, k=1) == 0.0
    assert ndcg(tied, {"G1": 1.0}, k=10) == pytest.approx(1 / math.log2(3))
    assert average_precision(tied, {"G1"}) == 1 / 2


def test_nothing_relevant_scores_nothing() -> None:
    assert recall(SCORED, set(), k=10) == 0.0
    assert average_precision(SCORED, set()) == 0.0
    assert ndcg(SCORED, {}, k=10) == 0.0
    assert reciprocal_rank(SCORED, set(), k=10) == 0.0
