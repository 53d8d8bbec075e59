"""Confidence intervals by the bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

__all__ = ["LEVEL", "RESAMPLES", "Interval", "bootstrap_of", "mean_interval"]

T = TypeVar("T")
RESAMPLES = 2000
LEVEL = 0.95
SEED = 13


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds that hold the true value with the confidence LEVEL."""

    low: float
    high: float


def mean_interval(values: Sequence[float], *, seed: int = SEED, resamples: int = RESAMPLES) -> Interval:
    """Return the percentile bootstrap interval of the mean of at least one value.

    Of paired differences it is the paired bootstrap. A resample is drawn as how often each distinct value comes, which
    is the same as drawing the values and takes no n x resamples of memory.
    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 13.3.
    """
    distinct, counts = np.unique(np.asarray(values, dtype=float), return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(values), counts / len(values), size=resamples)
    return _percentiles(drawn @ distinct / len(values))


def bootstrap_of(
    items: Sequence[T], statistic: Callable[[Sequence[T]], float | None], *, seed: int = SEED, resamples: int = 200
) -> Interval | None:
    """Return the percentile bootstrap interval of any statistic; resamples for which it is None are left out."""
    generator = np.random.default_rng(seed)
    draws = (generator.integers(0, len(items), len(items)) for _ in range(resamples))
    found = [value for draw in draws if (value := statistic([items[at] for at in draw])) is not None]
    return _percentiles(np.asarray(found)) if found else None


def _percentiles(estimates: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Interval:
    tail = 50 * (1 - LEVEL)
    low, high = np.percentile(estimates, [tail, 100 - tail])
    return Interval(float(low), float(high))
