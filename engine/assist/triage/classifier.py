"""Kernel ridge regression from few examples, with a calibrated "none of these".

Both what an example scores when it is left out and what the examples of an intent score when the whole intent is left
out have closed forms in the inverse of the kernel matrix (Cawley and Talbot 2004; An, Liu and Venkatesh 2007). The
former are in scope, the latter are not: from the two it is learnt how likely a message is none of the intents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.assist.triage.kernel import Points, similarity
from engine.assist.triage.logistic import fit_logistic
from engine.ports.embedding import Vector

__all__ = ["Guess", "IntentClassifier"]

RIDGE: Final = 0.1
"""Chosen by `knowdesk bench intents --tune` on training data alone."""
COVERAGE: Final = 0.95
"""Share of messages with an intent that are not to be called none of these, as the examples left out tell."""
MOST_FOR_CALIBRATION: Final = 4000  # examples whose inverse is computed: it takes the cube of their number
TEMPERATURES: Final = (4.0, 6.0, 8.0, 10.0, 14.0, 20.0, 28.0, 40.0)
RESEMBLING: Final = 0.6  # kernel
_NONE: Final = -1
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a message is taken for: the probability of each intent given that it is one, and that it is one at all."""

    shares: dict[str, float]
    known: float


class IntentClassifier:
    """Learns intents from labelled examples; `threshold` is the least `known` of a message that has an intent.

    `outside` are examples of none of the intents; those that resemble an example of an intent are left out.
    """

    def __init__(self, points: Points, labels: Sequence[str], outside: Points | None = None) -> None:
        self.intents = tuple(sorted(set(labels)))
        places = {intent: at for at, intent in enumerate(self.intents)}
        strange = None if outside is None else _strange(outside, points)
        self._points = points if strange is None else points.joined(strange)
        self._kept = np.array([places[label] for label in labels] + [_NONE] * (len(self._points) - len(points)))
        self._weights = _solved(similarity(self._points, self._points), self._targets(self._kept))
        self._temperature, self._logistic, self.threshold = self._calibrated()

    def guesses(self, points: Points) -> tuple[Guess, ...]:
        """Return what each of some messages is taken for."""
        scores = similarity(points, self._points) @ self._weights
        shares = _softmax(scores * self._temperature)
        known = self._known(scores)
        return tuple(
            Guess({name: float(share) for name, share in zip(self.intents, row, strict=True)}, float(sure))
            for row, sure in zip(shares, known, strict=True)
        )

    def _targets(self, kept: NDArray[np.int64]) -> Vector:
        targets = np.zeros((len(kept), len(self.intents)), dtype=np.float32)
        inside = np.flatnonzero(kept != _NONE)
        targets[inside, kept[inside]] = 1
        return targets

    def _known(self, scores: Vector) -> Matrix:
        return _sigmoid(_signals(scores) @ self._logistic)

    def _calibrated(self) -> tuple[float, Matrix, float]:
        """Return temperature, coefficients of "known", and its threshold, all from examples left out."""
        chosen = _spread(self._kept, MOST_FOR_CALIBRATION)
        kept, points = self._kept[chosen], self._points.rows(chosen)
        inverse = np.linalg.inv(_ridged(similarity(points, points)).astype(np.float64))
        targets = self._targets(kept).astype(np.float64)
        weights = inverse @ targets
        left_out = targets - weights / np.diag(inverse)[:, None]
        inside, kept_inside = left_out[kept != _NONE], kept[kept != _NONE]
        without = [_without(label, kept, inverse, targets, weights) for label in range(len(self.intents))]
        outside = np.vstack([*without, left_out[kept == _NONE]])
        signals = np.vstack([_signals(inside), _signals(outside)])
        logistic = fit_logistic(signals, np.r_[np.ones(len(inside)), np.zeros(len(outside))])
        threshold = float(np.quantile(_sigmoid(_signals(inside) @ logistic), 1 - COVERAGE))
        losses = [_loss(inside * each, kept_inside) for each in TEMPERATURES]
        return TEMPERATURES[int(np.argmin(losses))], logistic, threshold


def _without(label: int, kept: NDArray[np.int64], inverse: Matrix, targets: Matrix, weights: Matrix) -> Matrix:
    """Return what the examples of an intent score when none of them is known."""
    members = np.flatnonzero(kept == label)
    block = inverse[np.ix_(members, members)]
    scores: Matrix = targets[members] - np.linalg.solve(block, weights[members])
    return scores


def _strange(outside: Points, points: Points) -> Points:
    """Return those that resemble no example."""
    return outside.rows(np.flatnonzero(similarity(outside, points).max(axis=1) < RESEMBLING))


def _solved(alike: Vector, targets: Vector) -> Vector:
    weights: Vector = np.linalg.solve(_ridged(alike), targets).astype(np.float32)
    return weights


def _ridged(alike: Vector) -> Vector:
    alike[np.diag_indices(len(alike))] += np.float32(RIDGE)
    return alike


def _signals(scores: NDArray[np.floating]) -> Matrix:
    """Return what tells a message with an intent: its best score, and how far the next one is behind."""
    best = np.sort(scores, axis=1)[:, ::-1]
    second = best[:, 1] if scores.shape[1] > 1 else np.zeros(len(scores))
    return np.column_stack([best[:, 0], best[:, 0] - second, np.ones(len(scores))]).astype(np.float64)


def _spread(kept: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return the places of at most so many examples, evenly over the intents."""
    if len(kept) <= most:
        return np.arange(len(kept))
    order = np.argsort(kept, kind="stable")
    return np.sort(order[np.linspace(0, len(order) - 1, most).astype(int)])


def _loss(scores: Matrix, kept: NDArray[np.int64]) -> float:
    shares = _softmax(scores)
    return float(-np.log(shares[np.arange(len(kept)), kept] + 1e-12).mean())


def _softmax(scores: NDArray[np.floating]) -> Matrix:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True)).astype(np.float64)
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _sigmoid(values: Matrix) -> Matrix:
    probabilities: Matrix = 1 / (1 + np.exp(-values))
    return probabilities
