"""Platt scaling with few examples: a slope and an intercept on log-odds, held near the identity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["INTERCEPT_SPREAD", "LEAST_SLOPE", "SLOPE_SPREAD", "platt"]

SLOPE_SPREAD = 0.5  # standard deviation of the slope around 1, before any example is seen
INTERCEPT_SPREAD = 1.0  # of the intercept around 0
LEAST_SLOPE = 0.05  # a confidence that misleads is made the same everywhere, but never turned around
STEPS = 50
CLOSE = 1e-9

Array = NDArray[np.float64]


def platt(log_odds: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Return the slope and intercept for which `right` is most likely; the slope is at least LEAST_SLOPE.

    Maximum a posteriori under normal priors: without examples nothing is corrected, and few correct little. Source:
    Platt, Probabilistic Outputs for Support Vector Machines (1999).
    """
    x, y = np.array(log_odds, dtype=float), np.array(right, dtype=float)
    ones, spreads = np.ones_like(x), np.array([SLOPE_SPREAD, INTERCEPT_SPREAD])
    slope, intercept = _likeliest(np.column_stack([x, ones]), y, np.array([1.0, 0.0]), spreads, 0 * x)
    if slope < LEAST_SLOPE:
        slope, (intercept,) = LEAST_SLOPE, _likeliest(ones[:, None], y, np.zeros(1), spreads[1:], LEAST_SLOPE * x)
    return float(slope), float(intercept)


def _likeliest(design: Array, y: Array, prior: Array, spreads: Array, offset: Array) -> Array:
    """Return the weights for which log-odds of `design @ weights + offset` say `y` best, by Newton's method.

    Steps that would make it worse are halved: where odds are extreme, whole ones overshoot and never come back.
    """
    precision = np.diag(spreads**-2)

    def cost(weights: Array) -> float:
        odds = design @ weights + offset
        doubt = float(np.sum(np.logaddexp(0, odds) - y * odds))
        return doubt + float(np.sum(((weights - prior) / spreads) ** 2)) / 2

    found = prior.copy()
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-np.clip(design @ found + offset, -60, 60)))
        gradient = design.T @ (sure - y) + precision @ (found - prior)
        curvature = design.T @ (design * (sure * (1 - sure))[:, None]) + precision
        step = np.linalg.solve(curvature, gradient)
        while np.abs(step).max() > CLOSE and cost(found - step) > cost(found):
            step /= 2
        found -= step
        if np.abs(step).max() < CLOSE:
            break
    return found
