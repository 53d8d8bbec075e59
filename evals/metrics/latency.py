"""Latency percentiles."""

from __future__ import annotations

from collections.abc import Sequence

from evals.metrics.percentiles import percentile

__all__ = ["QUANTILES", "latency_percentiles"]

QUANTILES = (50, 95, 99)


def latency_percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Return "p50", "p95" and "p99" of a sample, see `percentile`; InvalidInput for an empty one."""
    return {f"p{q}": percentile(milliseconds, q) for q in QUANTILES}
