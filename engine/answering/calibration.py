"""From a score to a probability, and from an accepted error to the confidence that an answer needs.

Confidence is a probability, so the expected share of wrong ones among the answers given is the mean of 1 - confidence
over them. Which confidence keeps that share below an accepted error depends on how confidences are spread: a table
tells, the shipped one or that of a knowledge base's own calibration.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.domain.calibration import Calibration, Thresholds

__all__ = ["ACCEPTED_ERRORS", "THRESHOLDS", "Standard", "log_odds", "probability", "threshold_for", "thresholds"]

ACCEPTED_ERRORS = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
EXTREME = 1e-6  # of a probability, as far as it is corrected
THRESHOLDS: Thresholds = (
    (0.01, 0.99),
    (0.02, 0.98),
    (0.05, 0.9106),
    (0.1, 0.8194),
    (0.15, 0.6706),
    (0.2, 0.5514),
    (0.25, 0.4321),
    (0.3, 0.3173),
    (0.4, 0.1649),
    (0.5, 0.0646),
)
"""Fitted by `python -m evals.fit_confidence`, as are the models of `engine.answering.confidence`."""


@dataclass(frozen=True, slots=True)
class Standard:
    """What is asked of an answer in one knowledge base: its calibration, if it has one, and the confidence needed."""

    needed: float
    calibration: Calibration | None = None

    @classmethod
    def of(cls, calibration: Calibration | None, *, accepted_error: float, threshold: float | None) -> Standard:
        """Return the standard; a `threshold` that is given stands above the accepted error."""
        if threshold is not None:
            return cls(threshold, calibration)
        return cls(threshold_for(accepted_error, calibration.thresholds if calibration else THRESHOLDS), calibration)

    def confidence(self, shipped: float) -> float:
        """Return a confidence as the knowledge base's own calibration corrects it."""
        own = self.calibration
        return probability(own.slope * log_odds(shipped) + own.intercept) if own else shipped


def probability(logit: float) -> float:
    """Return the logistic function of log-odds."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


def log_odds(share: float) -> float:
    """Return ln(p / (1 - p)), of 0 and 1 as of EXTREME away from them."""
    kept = max(EXTREME, min(1 - EXTREME, share))
    return math.log(kept / (1 - kept))


def thresholds(confidences: Sequence[float]) -> Thresholds:
    """Return for each accepted error the lowest of the confidences above which so few are expected to be wrong.

    At most 1 - error: what is as sure as that may always be answered.
    """
    order = sorted(confidences, reverse=True)
    found = []
    for accepted in ACCEPTED_ERRORS:
        lowest, doubt = 1 - accepted, 0.0
        for count, sure in enumerate(order, start=1):
            doubt += 1 - sure
            if doubt <= accepted * count + 1e-9:
                lowest = min(lowest, sure)
        found.append((accepted, round(lowest, 4)))
    return tuple(found)


def threshold_for(accepted_error: float, table: Thresholds) -> float:
    """Return the confidence that an answer needs, between the table's entries by a straight line; 0 accepts nothing."""
    points = ((0.0, 1.0), *table, (1.0, 0.0))
    for (left, high), (right, low) in pairwise(points):
        if left <= accepted_error <= right:
            return high if left == right else high + (low - high) * (accepted_error - left) / (right - left)
    raise ValueError(f"an accepted error lies between 0 and 1, not at {accepted_error}")
