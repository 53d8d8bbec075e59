"""Platt scaling with few examples."""

from __future__ import annotations

import random

import pytest

from engine.answering.calibration import log_odds, probability
from evals.platt import platt


def examples(count: int, *, slope: float, intercept: float) -> tuple[list[float], list[bool]]:
    dice = random.Random(7)
    x = [dice.uniform(-3, 3) for _ in range(count)]
    return x, [dice.random() < probability(slope * each + intercept) for each in x]


@pytest.mark.parametrize(("slope", "intercept"), [(1.0, 0.0), (0.5, -1.0), (1.8, 0.7)])
def test_what_the_examples_follow_is_found(slope: float, intercept: float) -> None:
    assert platt(*examples(5000, slope=slope, intercept=intercept)) == pytest.approx((slope, intercept), abs=0.12)


def test_without_examples_nothing_is_corrected() -> None:
    assert platt([], []) == pytest.approx((1.0, 0.0))


def test_few_examples_correct_little() -> None:
    few, many = (platt([0.0] * n, [False] * n)[1] for n in (3, 300))
    assert many < -3.0 < few < 0.0


def test_examples_that_are_all_right_have_a_finite_correction() -> None:
    slope, intercept = platt([log_odds(0.5)] * 50, [True] * 50)
    assert slope == pytest.approx(1.0)
    assert 1.0 < intercept < 4.0


def test_confidence_that_misleads_still_never_turns_the_order_around() -> None:
    slope, _ = platt([-3.0] * 200 + [3.0] * 200, [True] * 200 + [False] * 200)
    assert slope > 0
