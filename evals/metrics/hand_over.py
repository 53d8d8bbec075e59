"""Precision and recall of handing a conversation over to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["HandOver", "hand_over"]


@dataclass(frozen=True, slots=True)
class HandOver:
    """Precision: share of the hand-overs that were right; recall: share of the needed ones that came. 0 for none."""

    precision: float
    recall: float


def hand_over(done: Sequence[bool], needed: Sequence[bool]) -> HandOver:
    """Return TP / (TP + FP) and TP / (TP + FN), a hand-over being the positive class.

    Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval (2008), section 8.3.
    """
    right = sum(was and should for was, should in zip(done, needed, strict=True))
    return HandOver(right / sum(done) if any(done) else 0.0, right / sum(needed) if any(needed) else 0.0)
