"""Fit logistic models and scales to examples of confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields

import numpy as np
from numpy.typing import NDArray

from engine.answering.confidence import Model, Scale
from evals.confidence_examples import Example

__all__ = ["fitted_model", "fitted_scale"]

STEPS = 4000
RATE = 0.05
STIFF = 1.0  # examples that hold a scale near a slope of 1


def fitted_model(examples: Sequence[Example]) -> Model:
    """Return a logistic regression (L2, C = 1) on whether the answer is there, with non-negative coefficients."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    kind = type(examples[0].signals)
    values = np.array([astuple(each.signals) for each in examples])
    labels = [each.answerable for each in examples]
    spread = values.std(axis=0)
    active = spread > 0
    while True:
        scaled = values[:, active] / spread[active]
        model = LogisticRegression(max_iter=1000).fit(scaled, labels)
        negative = model.coef_[0] < 0
        if not negative.any():
            break
        active[np.flatnonzero(active)[negative]] = False  # a signal must not speak against itself
    coefficients = np.zeros(len(fields(kind)))
    coefficients[active] = model.coef_[0] / spread[active]
    return Model(round(float(model.intercept_[0]), 3), kind(*(round(float(value), 3) for value in coefficients)))


def fitted_scale(scores: Sequence[float], right: Sequence[bool]) -> Scale:
    """Return the scale under which `right` is most likely, by gradient descent (Adam) on the log-likelihood.

    Slope, intercept and ceiling are sought as ln(slope), intercept and log-odds of the ceiling, held weakly near 0, 0
    and 3.
    """
    x, y = (np.array(values, dtype=float) for values in (scores, right))
    target = np.array([0.0, 0.0, 3.0])
    found, first, second = target.copy(), np.zeros(3), np.zeros(3)
    for step in range(1, STEPS + 1):
        gradient = (_gradient(found, x, y) + STIFF * (found - target)) / len(x)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        found -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    slope, intercept, ceiling = np.exp(found[0]), found[1], _sigmoid(found[2])
    return Scale(round(float(slope), 3), round(float(intercept), 3), round(float(ceiling), 3))


def _gradient(at: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the gradient of the negative log-likelihood of p = sigmoid(c) sigmoid(exp(a) x + b)."""
    inner, ceiling = _sigmoid(np.exp(at[0]) * x + at[1]), _sigmoid(at[2])
    p = np.clip(inner * ceiling, 1e-9, 1 - 1e-9)
    slack = (p - y) / (p * (1 - p))
    by_inner = slack * ceiling * inner * (1 - inner)
    by_ceiling = slack * inner * ceiling * (1 - ceiling)
    return np.array([(by_inner * np.exp(at[0]) * x).sum(), by_inner.sum(), by_ceiling.sum()])


def _sigmoid(value: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(value, -60, 60)))
    return result
