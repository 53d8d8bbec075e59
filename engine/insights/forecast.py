"""How many questions the coming days will bring."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.domain.insights import Expected
from engine.errors import InvalidInput
from engine.optional import require

__all__ = ["FEWEST_DAYS", "expected", "series"]

FEWEST_DAYS: Final = 21
"""Days with a record that a forecast takes: three weeks tell a week's pattern from chance."""
WEEK: Final = 7
COVERAGE: Final = 0.9

Counts = NDArray[np.float64]


def series(counts: Mapping[date, int], first: date, last: date) -> list[int]:
    """Return the counts of all days from the first to the last, 0 for those without any."""
    return [counts.get(first + timedelta(days=at), 0) for at in range((last - first).days + 1)]


def expected(daily: Sequence[int], *, begin: date, days: int) -> tuple[Expected, ...]:
    """Return what the days from `begin` on bring; `daily` are the counts of all days before it, the oldest first.

    Exponential smoothing with a damped trend and a week's pattern (ETS: Hyndman et al. 2008) over square roots, which
    make the spread of counts even (Anscombe 1948). InvalidInput for fewer than `FEWEST_DAYS` days; Misconfigured names
    the package that is missing.
    """
    if len(daily) < FEWEST_DAYS:
        raise InvalidInput(
            f"There are only {len(daily)} days to learn from.", remedy=f"Wait until there are {FEWEST_DAYS}."
        )
    if days < 1:
        return ()
    middle, low, high = _smoothed(np.sqrt(np.asarray(daily, dtype=float) + 3 / 8), days)
    return tuple(
        Expected(begin + timedelta(days=at), *(round(float(each[at]), 1) for each in (middle, low, high)))
        for at in range(days)
    )


def _smoothed(roots: Counts, days: int) -> tuple[Counts, Counts, Counts]:
    smoothing = require("statsmodels.tsa.exponential_smoothing.ets", "forecast")
    pandas = require("pandas", "forecast")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fit that did not converge is still a forecast
        model = smoothing.ETSModel(
            pandas.Series(roots), error="add", trend="add", damped_trend=True, seasonal="add", seasonal_periods=WEEK
        )
        found = model.fit(disp=False, maxiter=200).get_prediction(start=len(roots), end=len(roots) + days - 1)
        interval = np.asarray(found.pred_int(alpha=1 - COVERAGE))
    spread = ((interval[:, 1] - interval[:, 0]) / 2 / 1.645) ** 2
    mean = np.maximum(np.asarray(found.predicted_mean), 0)
    return (
        np.maximum(mean**2 + spread - 3 / 8, 0),
        np.maximum(np.maximum(interval[:, 0], 0) ** 2 - 3 / 8, 0),
        np.maximum(np.maximum(interval[:, 1], 0) ** 2 - 3 / 8, 0),
    )
