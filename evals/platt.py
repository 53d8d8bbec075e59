"""Platt scaling with few examples: a slope and an intercept on log-odds, held near the identity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["platt"]

SLOPE_SPREAD = 0.5  # standard deviation of the slope around 1, before any example is seen
INTERCEPT_SPREAD = 1.0  # of the intercept around 0
STEPS = 50


def platt(log_odds: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Return the slope and intercept for which `right` is most likely, by Newton's method.

    Maximum a posteriori under normal priors: without examples nothing is corrected, and few correct little. Source:
    Platt, Probabilistic Outputs for Support Vector Machines (1999).
    """
    x, y = np.array(log_odds, dtype=float), np.array(right, dtype=float)
    design: NDArray[np.float64] = np.column_stack([x, np.ones_like(x)])
    prior, precision = np.array([1.0, 0.0]), np.diag([SLOPE_SPREAD**-2, INTERCEPT_SPREAD**-2])
    found = prior.copy()
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-np.clip(design @ found, -60, 60)))
        gradient = design.T @ (sure - y) + precision @ (found - prior)
        curvature = design.T @ (design * (sure * (1 - sure))[:, None]) + precision
        step = np.linalg.solve(curvature, gradient)
        found -= step
        if np.abs(step).max() < 1e-9:
            break
    slope, intercept = (float(value) for value in found)
    return max(slope, 0.05), intercept
