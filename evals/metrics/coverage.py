"""Coverage: how much of what could be answered is answered."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["coverage"]


def coverage(answered: Sequence[bool]) -> float:
    """Return the share of questions that were answered; 0 without questions.

    Source: El-Yaniv and Wiener, On the Foundations of Noise-free Selective Classification, JMLR 11 (2010).
    """
    return sum(answered) / len(answered) if answered else 0.0
