"""The classifier's short cuts against what they stand for: learning again without an example, or without an intent."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

import engine.assist.triage.classifier as module
from engine.assist.triage.classifier import COVERAGE, RIDGE, TEMPERATURES, IntentClassifier, _without
from engine.assist.triage.kernel import SECOND_SHARE, SHARPNESS, Points, similarity
from engine.assist.triage.logistic import PENALTY, fit_logistic
from engine.ports import Vector

Matrix = NDArray[np.float64]


def unit(rows: NDArray[np.floating]) -> Vector:
    scaled: Vector = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return scaled


def points(count: int, *, seed: int, second: bool = False) -> Points:
    rng = np.random.default_rng(seed)
    first = unit(rng.standard_normal((count, 10)))
    other = unit(rng.standard_normal((count, 5))) if second else np.zeros((count, 1), dtype=np.float32)
    return Points(first, other)


def solved(some: Points, targets: Matrix) -> Matrix:
    """Return the weights of kernel ridge regression in plain algebra."""
    kernel = similarity(some, some).astype(np.float64)
    weights: Matrix = np.linalg.solve(kernel + RIDGE * np.eye(len(some)), targets).astype(np.float64)
    return weights


def left_out(some: Points, targets: Matrix, members: NDArray[np.int64]) -> Matrix:
    """Return what some examples score when none of them is learnt from."""
    rest = np.setdiff1d(np.arange(len(some)), members)
    weights = solved(some.rows(rest), targets[rest])
    scores: Matrix = similarity(some.rows(members), some.rows(rest)).astype(np.float64) @ weights
    return scores


@pytest.mark.parametrize("second", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_each_example_left_out_scores_what_its_short_cut_says(seed: int, second: bool) -> None:
    some = points(12, seed=seed, second=second)
    targets = np.eye(3)[np.arange(12) % 3]
    inverse = np.linalg.inv(similarity(some, some).astype(np.float64) + RIDGE * np.eye(12))
    weights = inverse @ targets
    short = targets - weights / np.diag(inverse)[:, None]
    for at in range(12):
        assert short[at] == pytest.approx(left_out(some, targets, np.array([at]))[0], abs=1e-5)


@pytest.mark.parametrize("label", range(3))
@pytest.mark.parametrize("sizes", [(4, 4, 4), (1, 2, 7), (5, 1, 1)])
def test_each_intent_left_out_scores_what_its_short_cut_says(sizes: tuple[int, ...], label: int) -> None:
    kept = np.repeat(np.arange(3), sizes)
    some, targets = points(len(kept), seed=sum(sizes), second=True), np.eye(3)[kept]
    kernel = similarity(some, some).astype(np.float64)
    inverse = np.linalg.inv(kernel + RIDGE * np.eye(len(kept))).astype(np.float64)
    short = _without(label, kept, inverse, targets, inverse @ targets)
    assert short == pytest.approx(left_out(some, targets, np.flatnonzero(kept == label)), abs=1e-5)


def test_the_threshold_is_the_quantile_of_what_left_out_examples_reach() -> None:
    some, labels = points(20, seed=3), [f"i{at % 4}" for at in range(20)]
    classifier = IntentClassifier(some, labels)
    targets = np.eye(4)[np.arange(20) % 4]
    scores = np.vstack([left_out(some, targets, np.array([at])) for at in range(20)])
    known = np.sort(classifier._known(scores.astype(np.float32)))
    assert classifier.threshold == pytest.approx(np.quantile(known, 1 - COVERAGE), abs=1e-4)
    assert np.mean(known >= classifier.threshold - 1e-4) >= COVERAGE


def test_the_temperature_is_the_one_under_which_left_out_examples_are_likeliest() -> None:
    some, kept = points(20, seed=5), np.arange(20) % 4
    targets = np.eye(4)[kept]
    scores = np.vstack([left_out(some, targets, np.array([at])) for at in range(20)])

    def loss(temperature: float) -> float:
        raised = np.exp(scores * temperature)
        return float(-np.log(raised[np.arange(20), kept] / raised.sum(axis=1)).mean())

    assert IntentClassifier(some, [f"i{at}" for at in kept])._temperature == min(TEMPERATURES, key=loss)


def test_an_intent_is_the_same_whatever_order_its_examples_come_in() -> None:
    some, labels = points(15, seed=6), [f"i{at % 3}" for at in range(15)]
    order = np.random.default_rng(1).permutation(15)
    one, other = IntentClassifier(some, labels), IntentClassifier(some.rows(order), [labels[at] for at in order])
    asked = points(5, seed=7)
    for left, right in zip(one.guesses(asked), other.guesses(asked), strict=True):
        assert left.shares == pytest.approx(right.shares, abs=1e-4)
        assert left.known == pytest.approx(right.known, abs=1e-4)


def test_one_intent_alone_has_all_the_shares_and_may_still_be_none() -> None:
    some = points(1, seed=8)
    near = Points(unit(some.first + 0.05 * points(6, seed=9).first), np.zeros((6, 1), dtype=np.float32))
    far = Points(-some.first, np.zeros((1, 1), dtype=np.float32))
    classifier = IntentClassifier(near, ["only"] * 6, points(6, seed=10))
    inside, outside = classifier.guesses(some)[0], classifier.guesses(far)[0]
    assert (inside.shares, outside.shares) == ({"only": 1.0}, {"only": 1.0})
    assert inside.known > classifier.threshold > outside.known


def test_calibration_looks_at_no_more_than_so_many_examples_of_every_intent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FOR_CALIBRATION", 12)
    kept = np.repeat(np.arange(4), (30, 3, 20, 7))
    chosen = module._spread(kept, 12)
    assert (len(chosen), sorted(set(chosen)) == list(chosen)) == (12, True)
    assert set(kept[chosen]) >= {0, 2, 3}
    classifier = IntentClassifier(points(60, seed=11), [f"i{at}" for at in kept])
    assert classifier.intents == ("i0", "i1", "i2", "i3")
    assert 0 < classifier.threshold < 1


def test_the_kernel_is_what_its_docstring_says() -> None:
    one, other = points(1, seed=12, second=True), points(1, seed=13, second=True)
    near = [
        float(np.exp(SHARPNESS * (left[0] @ right[0] - 1)))
        for left, right in ((one.first, other.first), (one.second, other.second))
    ]
    whole = (1 - SECOND_SHARE) * near[0] + SECOND_SHARE * near[1]
    assert similarity(one, other)[0, 0] == pytest.approx(whole, abs=1e-6)
    unread = Points(other.first, np.zeros_like(other.second))
    assert similarity(one, unread)[0, 0] == pytest.approx(np.sqrt(1 - SECOND_SHARE) * near[0], abs=1e-6)


def test_points_can_be_chosen_and_joined() -> None:
    one, other = points(3, seed=14), points(2, seed=15)
    both = one.joined(other)
    assert len(both) == 5
    assert (both.rows(np.array([3, 4])).first == other.first).all()


def test_logistic_regression_has_no_slope_left() -> None:
    rng = np.random.default_rng(16)
    signals = np.column_stack([rng.standard_normal((40, 2)), np.ones(40)])
    labels = (signals[:, 0] + rng.normal(0, 1, 40) > 0.5).astype(float)
    weights = fit_logistic(signals, labels)
    counts = np.where(labels > 0, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    likely = 1 / (1 + np.exp(-signals @ weights))
    assert signals.T @ (counts * (labels - likely)) == pytest.approx(PENALTY * weights, abs=1e-4)


@pytest.mark.parametrize("label", [0.0, 1.0])
def test_logistic_regression_of_one_class_only_stays_finite(label: float) -> None:
    weights = fit_logistic(np.column_stack([np.arange(5.0), np.ones(5)]), np.full(5, label))
    assert np.isfinite(weights).all()
