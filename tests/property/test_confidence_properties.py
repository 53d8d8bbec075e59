"""What holds for any confidence: scales that rise, standards that fall, corrections that keep the order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
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
from engine.domain.calibration import Calibration
from evals.platt import LEAST_SLOPE, platt

quick = settings(derandomize=True, max_examples=80, deadline=None)

share = st.floats(0, 1, allow_nan=False)
inner = st.floats(0.001, 0.999)
confidences = st.lists(share, max_size=60)
slopes = st.floats(0.05, 4)
intercepts = st.floats(-4, 4)
asked = st.lists(st.tuples(inner, st.booleans()), max_size=50)


def calibration(slope: float, intercept: float, given_confidences: list[float]) -> Calibration:
    return Calibration(slope, intercept, thresholds(given_confidences), 100, "basis", "2026-01-01")


@quick
@given(share, share)
def test_more_odds_are_more_probable(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert log_odds(low) <= log_odds(high)
    assert probability(log_odds(low)) <= probability(log_odds(high))


@quick
@given(st.floats(-1e6, 1e6))
def test_any_odds_are_a_probability_and_their_opposite_is_the_rest(logit: float) -> None:
    assert 0 <= probability(logit) <= 1
    assert abs(probability(logit) + probability(-logit) - 1) < 1e-12


@quick
@given(confidences)
def test_thresholds_fall_as_the_accepted_error_rises(given_confidences: list[float]) -> None:
    table = thresholds(given_confidences)
    assert tuple(error for error, _ in table) == ACCEPTED_ERRORS
    assert all(0 <= needed <= 1 for _, needed in table)
    assert all(stricter >= laxer for (_, stricter), (_, laxer) in pairwise(table))


@quick
@given(confidences)
def test_nobody_is_asked_for_more_than_the_error_itself_asks(given_confidences: list[float]) -> None:
    assert all(needed <= 1 - error + 1e-9 for error, needed in thresholds(given_confidences))


@quick
@given(st.lists(inner, min_size=1, max_size=60))
def test_above_each_threshold_so_few_are_expected_to_be_wrong(given_confidences: list[float]) -> None:
    for error, needed in thresholds(given_confidences):
        given_answers = [each for each in given_confidences if each >= needed + 1e-4]
        if given_answers:
            assert sum(1 - each for each in given_answers) / len(given_answers) <= error + 1e-3


@quick
@given(confidences, st.integers(0, 1000))
def test_thresholds_do_not_depend_on_the_order(given_confidences: list[float], seed: int) -> None:
    turned = (
        given_confidences[seed % (len(given_confidences) or 1) :]
        + given_confidences[: seed % (len(given_confidences) or 1)]
    )
    assert thresholds(turned) == thresholds(given_confidences)


@quick
@given(confidences, share, share)
def test_the_more_error_is_accepted_the_less_is_needed(
    given_confidences: list[float], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    for table in (THRESHOLDS, thresholds(given_confidences)):
        assert threshold_for(low, table) >= threshold_for(high, table) - 1e-12
        assert 0 <= threshold_for(high, table) <= 1


@quick
@given(share, share, slopes, intercepts)
def test_a_calibration_never_turns_two_answers_around(one: float, other: float, slope: float, intercept: float) -> None:
    standard = Standard(0.5, calibration(slope, intercept, []))
    low, high = sorted((one, other))
    assert standard.confidence(low) <= standard.confidence(high)
    assert 0 <= standard.confidence(low) <= 1


@quick
@given(inner)
def test_the_identity_corrects_nothing(confidence: float) -> None:
    assert abs(Standard(0.5, calibration(1.0, 0.0, [])).confidence(confidence) - confidence) < 1e-9
    assert Standard(0.5).confidence(confidence) == confidence


@quick
@given(share, share, confidences)
def test_a_threshold_of_ones_own_is_taken_as_it_is(
    threshold: float, error: float, given_confidences: list[float]
) -> None:
    own = calibration(1.0, 0.0, given_confidences)
    for stored in (None, own):
        assert Standard.of(stored, accepted_error=error, threshold=threshold).needed == threshold
        table = stored.thresholds if stored else THRESHOLDS
        assert Standard.of(stored, accepted_error=error, threshold=None).needed == threshold_for(error, table)


@quick
@given(asked)
def test_a_fit_rises_and_is_finite(examples: list[tuple[float, bool]]) -> None:
    slope, intercept = platt([log_odds(sure) for sure, _ in examples], [right for _, right in examples])
    assert LEAST_SLOPE <= slope < 100
    assert abs(intercept) < 100


@quick
@given(asked)
def test_a_fit_does_not_depend_on_the_order(examples: list[tuple[float, bool]]) -> None:
    turned = examples[::-1]
    one, other = (
        platt([log_odds(sure) for sure, _ in each], [right for _, right in each]) for each in (examples, turned)
    )
    assert abs(one[0] - other[0]) < 1e-5
    assert abs(one[1] - other[1]) < 1e-5


@quick
@given(asked, inner)
def test_one_more_right_answer_never_makes_all_less_sure(examples: list[tuple[float, bool]], sure: float) -> None:
    def mean_sure(added: bool) -> float:
        told = [*examples, (sure, added)]
        odds = [log_odds(each) for each, _ in told]
        slope, intercept = platt(odds, [right for _, right in told])
        return sum(probability(slope * each + intercept) for each in odds)

    assert mean_sure(True) >= mean_sure(False) - 1e-6
