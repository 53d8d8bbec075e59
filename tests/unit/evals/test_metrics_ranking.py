"""Ties never count in our favour."""

from __future__ import annotations

import math

import pytest

from engine.errors import InvalidInput
from evals.metrics import best_scores, ranks, worst_order


def test_ranks_follow_the_scores_not_the_order_of_the_list() -> None:
    assert ranks([("a", 0.1), ("b", 0.9), ("c", 0.5)], {"a", "b"}) == (1, 3)


def test_a_relevant_document_is_ranked_behind_all_it_is_tied_with() -> None:
    assert ranks([("gold", 0.5), ("x", 0.5), ("y", 0.5), ("z", 0.1)], {"gold"}) == (3,)


def test_relevant_documents_that_are_tied_share_the_places_at_the_end_of_the_tie() -> None:
    assert ranks([("g1", 1.0), ("x", 1.0), ("g2", 1.0)], {"g1", "g2"}) == (2, 3)


def test_what_was_not_found_has_no_rank() -> None:
    assert ranks([("x", 1.0)], {"gold"}) == ()
    assert ranks([], {"gold"}) == ()


def test_a_document_counts_once_with_its_best_passage() -> None:
    scored = [("a", 0.2), ("b", 0.6), ("a", 0.9), ("b", 0.1)]
    assert best_scores(scored) == {"a": 0.9, "b": 0.6}
    assert ranks(scored, {"b"}) == (2,)


def test_among_equal_scores_the_lower_grade_comes_first() -> None:
    scored = [("high", 1.0), ("none", 1.0), ("low", 1.0), ("top", 2.0)]
    assert worst_order(scored, {"high": 3.0, "low": 1.0}) == ("top", "none", "low", "high")


def test_a_score_that_is_not_a_number_is_refused() -> None:
    with pytest.raises(InvalidInput, match="NaN"):
        ranks([("a", math.nan)], {"a"})
