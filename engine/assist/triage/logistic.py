"""Logistic regression of a few signals, by Newton's method."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["fit_logistic"]

STEPS: Final = 30
PENALTY: Final = 1e-2  # keeps coefficients finite where the classes can be told apart without error


def fit_logistic(signals: NDArray[np.float64], labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return coefficients w of P(1 | x) = 1 / (1 + exp(-w x)); both classes count the same, however often they occur.

    `signals` has shape (examples, signals), a column of ones for the intercept among them.
    """
    weights = np.zeros(signals.shape[1])
    share = max(float(labels.mean()), 1e-9)
    counts = np.where(labels > 0, 0.5 / share, 0.5 / max(1 - share, 1e-9))
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(signals @ weights, -30, 30)))
        slope = signals.T @ (counts * (labels - likely)) - PENALTY * weights
        curve = (signals * (counts * likely * (1 - likely))[:, None]).T @ signals + PENALTY * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return weights
