"""Reciprocal rank; its mean over queries is MRR."""

from __future__ import annotations

from collections.abc import Collection

from evals.metrics.ranking import Scored, ranks

__all__ = ["reciprocal_rank"]


def reciprocal_rank(scored: Scored, relevant: Collection[str], *, k: int) -> float:
    """Return 1 / rank of the first relevant document, 0 if none is among the top k.

    Source: Voorhees, The TREC-8 Question Answering Track Report (1999).
    """
    first = next(iter(ranks(scored, relevant)), k + 1)
    return 1.0 / first if first <= k else 0.0
