"""Normalised discounted cumulated gain at a cut-off."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from evals.metrics.ranking import Scored, worst_order

__all__ = ["ndcg"]


def ndcg(scored: Scored, grades: Mapping[str, float], *, k: int) -> float:
    """Return DCG@k / ideal DCG@k, where DCG@k is the sum of grade / log2(rank + 1) over the top k.

    `grades` maps each relevant document to its grade: all 1 for binary relevance. 0 if nothing is relevant.
    Source: Järvelin and Kekäläinen, Cumulated Gain-Based Evaluation of IR Techniques, ACM TOIS 20 (2002), with the
    grade itself as the gain and the discount log2(rank + 1), as trec_eval and BEIR compute it.
    """
    ideal = _dcg(sorted(grades.values(), reverse=True)[:k])
    if ideal == 0:
        return 0.0
    return _dcg(grades.get(document, 0.0) for document in worst_order(scored, grades)[:k]) / ideal


def _dcg(gains: Iterable[float]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
