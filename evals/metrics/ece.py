"""Expected calibration error."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

__all__ = ["expected_calibration_error"]


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> float:
    """Return the sum over bins b of |b| / n times |share right in b - mean confidence in b|; 0 without examples.

    Bins are equally wide over 0..1, the last one closed. Source: Naeini, Cooper and Hauskrecht, Obtaining Well
    Calibrated Probabilities Using Bayesian Binning, AAAI 2015; ten bins as in Guo et al., On Calibration (2017).
    """
    gaps: defaultdict[int, list[float]] = defaultdict(list)
    for confidence, is_right in zip(confidences, right, strict=True):
        gaps[min(int(confidence * bins), bins - 1)].append(is_right - confidence)
    return math.fsum(abs(math.fsum(gap)) for gap in gaps.values()) / len(confidences) if confidences else 0.0
