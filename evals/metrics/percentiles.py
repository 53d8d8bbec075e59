"""Percentiles of a sample."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.errors import InvalidInput

__all__ = ["percentile"]


def percentile(values: Sequence[float], q: float) -> float:
    """Return the value below which `q` per cent (0..100) of the sample lie; InvalidInput for an empty sample.

    Interpolates linearly between order statistics at (n - 1) q / 100: type 7 of Hyndman and Fan, Sample Quantiles in
    Statistical Packages, The American Statistician 50 (1996), numpy's default.
    """
    if not values:
        raise InvalidInput("A percentile needs at least one value.", remedy="Measure something first.")
    ordered = sorted(values)
    at = (len(ordered) - 1) * q / 100
    low = math.floor(at)
    return ordered[low] + (at - low) * (ordered[math.ceil(at)] - ordered[low])
