"""Probabilities, and the confidence that an accepted error asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answering.calibration import (
    ACCEPTED_ERRORS,
    THRESHOLDS,
    Standard,
    log_odds,
    probability,
    threshold_for,
    thresholds,
)
from engine.domain.calibration import Calibration, Thresholds

SHARES = st.floats(0, 1)
OWN = Calibration(2.0, -1.0, ((0.1, 0.8), (0.3, 0.4)), 100, "b", "2026-01-01")


@given(st.floats(1e-5, 1 - 1e-5))
def test_log_odds_and_probability_undo_each_other(share: float) -> None:
    assert probability(log_odds(share)) == pytest.approx(share)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_certainty_has_log_odds_too(share: float) -> None:
    assert probability(log_odds(share)) == pytest.approx(share, abs=1e-5)


@given(st.lists(SHARES, min_size=1, max_size=60))
def test_answers_above_a_threshold_keep_to_the_accepted_error(confidences: list[float]) -> None:
    for accepted, threshold in thresholds(confidences):
        given = [sure for sure in confidences if sure >= threshold + 5e-5]
        assert not given or sum(1 - sure for sure in given) / len(given) <= accepted + 1e-3


def test_a_threshold_is_as_low_as_the_error_allows() -> None:
    table = dict(thresholds([0.95, 0.85, 0.6, 0.2]))
    assert table[0.1] == 0.85
    assert table[0.2] == 0.6
    assert table[0.4] == 0.2


def test_without_confidences_each_answer_must_keep_to_the_error_alone() -> None:
    assert thresholds([]) == tuple((error, 1 - error) for error in ACCEPTED_ERRORS)


@given(st.lists(SHARES, max_size=30))
def test_the_more_error_is_accepted_the_less_confidence_is_needed(confidences: list[float]) -> None:
    needed = [threshold for _, threshold in thresholds(confidences)]
    assert needed == sorted(needed, reverse=True)


@pytest.mark.parametrize(
    ("accepted", "needed"), [(0.0, 1.0), (0.05, 0.9), (0.1, 0.8), (0.2, 0.6), (0.3, 0.4), (0.65, 0.2), (1.0, 0.0)]
)
def test_between_the_entries_lies_a_straight_line(accepted: float, needed: float) -> None:
    assert threshold_for(accepted, OWN.thresholds) == pytest.approx(needed)


@pytest.mark.parametrize("table", [(), ((0.0, 0.9),), ((1.0, 0.2),), THRESHOLDS])
def test_any_table_answers_any_share(table: Thresholds) -> None:
    assert all(0 <= threshold_for(share / 20, table) <= 1 for share in range(21))


@pytest.mark.parametrize("accepted", [-0.1, 1.1])
def test_an_error_is_a_share(accepted: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        threshold_for(accepted, ())


def test_the_shipped_thresholds_fall() -> None:
    assert [error for error, _ in THRESHOLDS] == list(ACCEPTED_ERRORS)
    assert list(THRESHOLDS) == sorted(THRESHOLDS, key=lambda pair: (-pair[1], pair[0]))


def test_a_threshold_that_is_given_stands_above_the_accepted_error() -> None:
    assert Standard.of(OWN, accepted_error=0.1, threshold=0.0).needed == 0.0
    assert Standard.of(OWN, accepted_error=0.1, threshold=None).needed == 0.8


def test_without_a_calibration_the_shipped_table_holds() -> None:
    standard = Standard.of(None, accepted_error=0.2, threshold=None)
    assert standard.needed == threshold_for(0.2, THRESHOLDS)
    assert standard.confidence(0.37) == 0.37


def test_a_calibration_corrects_the_log_odds() -> None:
    standard = Standard.of(OWN, accepted_error=0.1, threshold=None)
    assert log_odds(standard.confidence(0.6)) == pytest.approx(2 * log_odds(0.6) - 1)
