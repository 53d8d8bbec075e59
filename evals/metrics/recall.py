"""Recall at a cut-off."""

from __future__ import annotations

from collections.abc import Collection

from evals.metrics.ranking import Scored, ranks

__all__ = ["recall"]


def recall(scored: Scored, relevant: Collection[str], *, k: int) -> float:
    """Return |relevant in the top k| / |relevant|; 0 if nothing is relevant.

    Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), section 8.3.
    """
    found = sum(rank <= k for rank in ranks(scored, relevant))
    return found / len(relevant) if relevant else 0.0
