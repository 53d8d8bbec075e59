"""Order a scored list so that ties never count in our favour."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from engine.errors import InvalidInput

__all__ = ["Scored", "best_scores", "ranks", "worst_order"]

Scored = Sequence[tuple[str, float]]
"""Document ids with their scores, in any order; higher is better."""


def best_scores(scored: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Return each document's best score, in order of first appearance; InvalidInput for a score that is NaN."""
    best: dict[str, float] = {}
    for document, score in scored:
        if math.isnan(score):
            raise InvalidInput("A score is NaN.", remedy="Check the retriever: scores must be numbers.")
        best[document] = max(score, best.get(document, score))
    return best


def worst_order(scored: Scored, grades: Mapping[str, float]) -> tuple[str, ...]:
    """Return the documents by falling score, the less relevant first among equal scores, each document once."""
    best = best_scores(scored)
    return tuple(sorted(best, key=lambda document: (-best[document], grades.get(document, 0.0), document)))


def ranks(scored: Scored, relevant: Collection[str]) -> tuple[int, ...]:
    """Return the ranks (from 1, rising) of the relevant documents that were found.

    A relevant document that is tied with irrelevant ones is ranked behind them.
    """
    order = worst_order(scored, dict.fromkeys(relevant, 1.0))
    return tuple(rank for rank, document in enumerate(order, 1) if document in relevant)
