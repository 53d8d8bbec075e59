"""Platt scaling with few examples."""

from __future__ import annotations

import math
import random

import pytest

from engine.answering.calibration import log_odds, probability
from evals.platt import INTERCEPT_SPREAD, LEAST_SLOPE, SLOPE_SPREAD, platt


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


@pytest.mark.parametrize("sure", [0.9, 0.99, 0.999999])
def test_answers_that_were_sure_and_all_wrong_become_unsure(sure: float) -> None:
    slope, intercept = platt([log_odds(sure)] * 20, [False] * 20)
    assert probability(slope * log_odds(sure) + intercept) < 0.25


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("spread", [1.0, 5.0, 12.0])
def test_nothing_near_it_is_likelier(seed: int, spread: float) -> None:
    """Without halved steps, extreme odds threw the search away from where it began."""
    dice = random.Random(seed)
    odds = [dice.gauss(0, spread) for _ in range(dice.randint(1, 40))]
    right = [dice.random() < 0.5 for _ in odds]

    def cost(slope: float, intercept: float) -> float:
        said = (slope * each + intercept for each in odds)
        doubt = sum(-math.log(probability(each if was else -each)) for each, was in zip(said, right, strict=True))
        return doubt + ((slope - 1) / SLOPE_SPREAD) ** 2 / 2 + (intercept / INTERCEPT_SPREAD) ** 2 / 2

    slope, intercept = platt(odds, right)
    best = cost(slope, intercept)
    for change in (0.01, -0.01):
        assert best <= cost(slope, intercept + change)
        assert best <= cost(max(slope + change, LEAST_SLOPE), intercept)
