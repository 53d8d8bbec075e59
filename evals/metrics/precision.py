"""Precision at a cut-off."""

from __future__ import annotations

from collections.abc import Collection

from evals.metrics.ranking import Scored, ranks

__all__ = ["precision"]


def precision(scored: Scored, relevant: Collection[str], *, k: int) -> float:
    """Return |relevant in the top k| / k, also where fewer than k documents were found; `k` is at least 1.

    Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), section 8.4.
    """
    return sum(rank <= k for rank in ranks(scored, relevant)) / k
