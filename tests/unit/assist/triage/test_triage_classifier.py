from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.assist.triage.classifier import IntentClassifier, _ridged, _without
from engine.assist.triage.kernel import Points, similarity
from engine.assist.triage.logistic import fit_logistic
from engine.ports import Vector


def unit(rows: NDArray[np.floating]) -> Vector:
    scaled: Vector = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return scaled


def cloud(centres: Vector, each: int, *, seed: int, spread: float = 0.25) -> Points:
    """Return points around each of some centres."""
    rng = np.random.default_rng(seed)
    rows = np.repeat(centres, each, axis=0) + spread * rng.standard_normal((len(centres) * each, centres.shape[1]))
    return Points(unit(rows), np.zeros((len(rows), 1), dtype=np.float32))


CENTRES = unit(np.random.default_rng(5).standard_normal((8, 24)))
LABELS = [f"intent{at}" for at in range(6) for _ in range(8)]


@pytest.fixture(scope="module")
def classifier() -> IntentClassifier:
    return IntentClassifier(cloud(CENTRES[:6], 8, seed=1), LABELS)


def test_messages_like_the_examples_get_their_intent(classifier: IntentClassifier) -> None:
    guesses = classifier.guesses(cloud(CENTRES[:6], 20, seed=2))
    best = [max(guess.shares, key=lambda name: guess.shares[name]) for guess in guesses]
    assert np.mean([name == f"intent{at // 20}" for at, name in enumerate(best)]) > 0.95
    assert all(sum(guess.shares.values()) == pytest.approx(1) for guess in guesses)


def test_messages_of_no_intent_are_told_from_the_others(classifier: IntentClassifier) -> None:
    inside = [guess.known for guess in classifier.guesses(cloud(CENTRES[:6], 20, seed=2))]
    outside = [guess.known for guess in classifier.guesses(cloud(CENTRES[6:], 20, seed=3))]
    assert np.mean(np.array(inside) >= classifier.threshold) > 0.8
    assert np.mean(np.array(outside) < classifier.threshold) > 0.85
    assert np.mean(inside) > 0.5 > np.mean(outside)


def test_what_a_left_out_intent_scores_is_what_learning_without_it_gives() -> None:
    points = cloud(CENTRES[:3], 4, seed=4)
    kept = np.repeat(np.arange(3), 4)
    targets = np.eye(3)[kept]
    inverse = np.linalg.inv(_ridged(similarity(points, points)).astype(np.float64))
    shortcut = _without(1, kept, inverse, targets, inverse @ targets)
    rest = points.rows(np.flatnonzero(kept != 1))
    weights = np.linalg.solve(_ridged(similarity(rest, rest)), targets[kept != 1])
    direct = similarity(points.rows(np.flatnonzero(kept == 1)), rest) @ weights
    assert shortcut == pytest.approx(direct, abs=1e-4)


def test_examples_of_none_make_their_like_none() -> None:
    points, strange = cloud(CENTRES[:6], 8, seed=1), cloud(CENTRES[6:], 8, seed=6)
    without, with_ = IntentClassifier(points, LABELS), IntentClassifier(points, LABELS, strange)
    asked = cloud(CENTRES[6:], 20, seed=7)
    before, after = ([guess.known for guess in each.guesses(asked)] for each in (without, with_))
    assert np.mean(after) < np.mean(before)


def test_an_example_of_none_that_resembles_an_intent_is_left_out() -> None:
    points = cloud(CENTRES[:6], 8, seed=1)
    same = IntentClassifier(points, LABELS, points)
    assert len(same._points) == len(points)


@pytest.mark.parametrize("labels", [["a"], ["a", "a"], ["a", "b"]])
def test_very_few_examples_are_enough_to_answer(labels: list[str]) -> None:
    points = cloud(CENTRES[: len(labels)], 1, seed=8)
    guess, *_ = IntentClassifier(points, labels).guesses(points)
    assert max(guess.shares, key=lambda name: guess.shares[name]) == "a"
    assert 0 <= guess.known <= 1


def test_the_kernel_is_one_with_itself_and_positive_semidefinite_over_mixed_languages() -> None:
    rng = np.random.default_rng(9)
    first, second = unit(rng.standard_normal((12, 6))), unit(rng.standard_normal((12, 4)))
    second[6:] = 0  # messages that the second embedder does not understand
    points = Points(first, second)
    alike = similarity(points, points)
    assert np.diag(alike) == pytest.approx(np.ones(12), abs=1e-5)
    assert np.linalg.eigvalsh(alike.astype(np.float64)).min() > -1e-5


def test_the_second_embedder_counts_where_it_understands_both() -> None:
    one = Points(unit(np.ones((1, 2), np.float32)), unit(np.array([[1.0, 0.0]], np.float32)))
    other = Points(one.first, unit(np.array([[0.0, 1.0]], np.float32)))
    unknown = Points(one.first, np.zeros((1, 2), np.float32))
    assert similarity(one, one)[0, 0] > similarity(one, other)[0, 0]
    assert similarity(unknown, unknown)[0, 0] == pytest.approx(1)


def test_logistic_regression_finds_the_border_whatever_the_shares_of_the_classes() -> None:
    rng = np.random.default_rng(10)
    values = np.r_[rng.normal(2, 1, 2000), rng.normal(0, 1, 200)]
    labels = np.r_[np.ones(2000), np.zeros(200)]
    slope, intercept = fit_logistic(np.column_stack([values, np.ones(len(values))]), labels)
    assert -intercept / slope == pytest.approx(1, abs=0.15)


def test_logistic_regression_of_separable_classes_stays_finite() -> None:
    weights = fit_logistic(np.array([[-1.0, 1.0], [1.0, 1.0]]), np.array([0.0, 1.0]))
    assert np.isfinite(weights).all()
    assert weights[0] > 0
