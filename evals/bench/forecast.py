"""Measure the forecast of volume beside the seasonal-naive one, on generated days with a week's pattern."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from engine.insights.forecast import WEEK, expected

__all__ = ["bench_forecast", "generated", "wape"]

BEGIN = date(2026, 3, 2)
DAYS = 140
AHEAD = 14


def bench_forecast(series: int, *, seed: int) -> dict[str, object]:
    """Forecast the last two weeks of each series; errors over all of them, and how often the interval holds the day.

    `wape` is the sum of absolute errors by the sum of what came; seasonal-naive says the same as a week ago.
    """
    chance = np.random.default_rng(seed)
    came, said, naive, inside = [], [], [], []
    for _ in range(series):
        counts = generated(chance)
        known, later = counts[:-AHEAD], counts[-AHEAD:]
        found = expected(known, begin=BEGIN, days=AHEAD)
        came += later
        said += [each.questions for each in found]
        naive += [known[-WEEK + at % WEEK] for at in range(AHEAD)]
        inside += [each.low <= count <= each.high for each, count in zip(found, later, strict=True)]
    return {
        "series": series,
        "days_ahead": AHEAD,
        "wape": round(wape(came, said), 4),
        "wape_seasonal_naive": round(wape(came, naive), 4),
        "interval_coverage": round(sum(inside) / len(inside), 3),
    }


def generated(chance: np.random.Generator) -> list[int]:
    """Return daily counts with a level, a trend, quiet weekends, and chance (Poisson)."""
    days = np.arange(DAYS)
    level = chance.uniform(5, 200) * np.exp(chance.normal(0, 0.002) * days)
    pattern = chance.uniform(0.7, 1.3, WEEK) * np.array([1, 1, 1, 1, 1, *chance.uniform(0.3, 1, 2)])
    wobble = np.exp(chance.normal(0, 0.08, DAYS))
    return [int(each) for each in chance.poisson(level * pattern[days % WEEK] * wobble)]


def wape(came: Sequence[float], said: Sequence[float]) -> float:
    """Return the weighted absolute percentage error, 0 for a perfect forecast."""
    return float(np.abs(np.subtract(came, said)).sum() / np.sum(came))
