"""Expected calibration error."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evals.metrics.reliability import reliability

__all__ = ["expected_calibration_error"]


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> float:
    """Return the sum over bins b of |b| / n times |share right in b - mean confidence in b|; 0 without examples.

    Bins as in `reliability`. Source: Naeini, Cooper and Hauskrecht, Obtaining Well Calibrated Probabilities Using
    Bayesian Binning, AAAI 2015; ten bins as in Guo et al., On Calibration (2017).
    """
    found = reliability(confidences, right, bins=bins)
    gaps = math.fsum(each.count * abs(each.accuracy - each.confidence) for each in found)
    return gaps / len(confidences) if confidences else 0.0
