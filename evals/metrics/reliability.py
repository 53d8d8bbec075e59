"""Reliability: how often answers of a given confidence are right."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["ReliabilityBin", "reliability"]


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Answers whose confidence lies in low..high: how many, their mean confidence, the share of them that is right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def reliability(confidences: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> tuple[ReliabilityBin, ...]:
    """Return the bins that are not empty, of `bins` equally wide ones over 0..1, the last one closed.

    Source: Niculescu-Mizil and Caruana, Predicting Good Probabilities with Supervised Learning, ICML 2005.
    """
    found: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, is_right in zip(confidences, right, strict=True):
        found[min(int(confidence * bins), bins - 1)].append((confidence, is_right))
    return tuple(_bin(number, found[number], bins) for number in sorted(found))


def _bin(number: int, members: Sequence[tuple[float, bool]], bins: int) -> ReliabilityBin:
    n = len(members)
    confidence = math.fsum(confidence for confidence, _ in members) / n
    return ReliabilityBin(number / bins, (number + 1) / bins, n, confidence, sum(right for _, right in members) / n)
