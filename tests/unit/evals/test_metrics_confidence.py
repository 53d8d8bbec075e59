"""Metrics of confidence, and percentiles, against cases computed by hand."""

from __future__ import annotations

import pytest

from engine.errors import InvalidInput
from evals.metrics import RiskPoint, aurc, auroc, expected_calibration_error, percentile, risk_coverage


def test_auroc_counts_pairs_in_order() -> None:
    # Positives .9 and .4, negatives .5 and .1: three of four pairs are in order.
    assert auroc([0.9, 0.5, 0.4, 0.1], [True, False, True, False]) == 0.75


def test_auroc_counts_a_tie_half() -> None:
    assert auroc([0.5, 0.5], [True, False]) == 0.5
    assert auroc([0.5, 0.5, 0.5, 0.2], [True, False, True, False]) == 0.75


@pytest.mark.parametrize("labels", [[True, True], [False, False]])
def test_auroc_needs_both_classes(labels: list[bool]) -> None:
    with pytest.raises(InvalidInput, match="positive and a negative"):
        auroc([0.1, 0.2], labels)


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        auroc([0.1, 0.2, 0.3], [True, False])


CONFIDENCES = [0.9, 0.8, 0.8, 0.4]
RIGHT = [True, True, False, False]


def test_risk_coverage_gives_threshold_share_and_error_rate() -> None:
    points = risk_coverage(CONFIDENCES, RIGHT, coverages=(0.25, 1.0))
    assert points == (RiskPoint(0.25, 0.9, 0.25, 0.0), RiskPoint(1.0, 0.4, 1.0, 0.5))


def test_a_threshold_cannot_split_a_tie() -> None:
    (point,) = risk_coverage(CONFIDENCES, RIGHT, coverages=(0.5,))
    assert point == RiskPoint(0.5, 0.8, 0.75, 1 / 3)


def test_risk_coverage_has_ten_steps_by_default() -> None:
    points = risk_coverage([n / 100 for n in range(100)], [True] * 100)
    assert [point.coverage for point in points] == [pytest.approx(n / 10) for n in range(1, 11)]
    assert [point.answered for point in points] == [pytest.approx(n / 10) for n in range(1, 11)]
    assert points[2].threshold == 0.70


def test_aurc_is_the_mean_of_selective_risks_wrong_answers_first_in_a_tie() -> None:
    # Errors among the first 1, 2, 3, 4: 0, 1, 1, 2 (the wrong answer at .8 comes before the right one).
    assert aurc(CONFIDENCES, RIGHT) == pytest.approx((0 + 1 / 2 + 1 / 3 + 2 / 4) / 4)


def test_no_example_no_risk() -> None:
    assert aurc([], []) == 0.0
    assert risk_coverage([], []) == ()
    assert expected_calibration_error([], []) == 0.0


def test_ece_weighs_the_gap_of_each_bin() -> None:
    # Bin .9: mean .95, half right, 2 of 4 examples; bin .1: mean .15, none right; bin .2: .25, right.
    error = expected_calibration_error([0.92, 0.98, 0.15, 0.25], [True, False, False, True])
    assert error == pytest.approx(2 / 4 * 0.45 + 1 / 4 * 0.15 + 1 / 4 * 0.75)


def test_ece_puts_certainty_into_the_last_bin() -> None:
    assert expected_calibration_error([1.0, 0.9], [True, True]) == pytest.approx(0.05)


@pytest.mark.parametrize(("q", "expected"), [(0, 1.0), (25, 1.75), (50, 2.5), (95, 3.85), (100, 4.0)])
def test_percentiles_interpolate(q: float, expected: float) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], q) == pytest.approx(expected)


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidInput, match="at least one"):
        percentile([], 50)
