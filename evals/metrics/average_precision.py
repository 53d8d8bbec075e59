"""Average precision; its mean over queries is MAP."""

from __future__ import annotations

from collections.abc import Collection

from evals.metrics.ranking import Scored, ranks

__all__ = ["average_precision"]


def average_precision(scored: Scored, relevant: Collection[str]) -> float:
    """Return the sum of precision at the rank of each relevant document found / |relevant|; 0 if nothing is relevant.

    A relevant document that was not found adds nothing, so a ranking that was cut short never scores higher.
    Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), section 8.4.
    """
    if not relevant:
        return 0.0
    return sum(found / rank for found, rank in enumerate(ranks(scored, relevant), 1)) / len(relevant)
