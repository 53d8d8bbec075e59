"""Risk-coverage: how often answers are wrong when only the most confident ones are given."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

__all__ = ["RiskPoint", "aurc", "risk_coverage"]

COVERAGES = tuple(tenth / 10 for tenth in range(1, 11))


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Answering at `threshold` or above: the coverage aimed at, the share really answered, the share of those wrong."""

    coverage: float
    threshold: float
    answered: float
    error_rate: float


def risk_coverage(
    confidences: Sequence[float], right: Sequence[bool], *, coverages: Sequence[float] = COVERAGES
) -> tuple[RiskPoint, ...]:
    """Return for each coverage the highest threshold that answers at least that share; empty without examples.

    Equal confidences cannot be told apart by a threshold, so `answered` may exceed `coverage`.
    Source: El-Yaniv and Wiener, On the Foundations of Noise-free Selective Classification, JMLR 11 (2010).
    """
    wrong = _wrong_by_confidence(confidences, right)
    return tuple(_point(wrong, coverage) for coverage in coverages) if wrong else ()


def aurc(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Return the mean over i = 1..n of the error rate among the i most confident answers; 0 without examples.

    Among equal confidences wrong answers come first, so ties never count in our favour.
    Source: Geifman, Uziel and El-Yaniv, Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers (2019).
    """
    wrong = [is_wrong for _, is_wrong in _wrong_by_confidence(confidences, right)]
    return math.fsum(errors / i for i, errors in enumerate(accumulate(wrong), 1)) / len(wrong) if wrong else 0.0


def _wrong_by_confidence(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, bool]]:
    examples = ((confidence, not is_right) for confidence, is_right in zip(confidences, right, strict=True))
    return sorted(examples, reverse=True)


def _point(wrong: list[tuple[float, bool]], coverage: float) -> RiskPoint:
    threshold = wrong[max(1, math.ceil(coverage * len(wrong) - 1e-9)) - 1][0]
    errors = [is_wrong for confidence, is_wrong in wrong if confidence >= threshold]
    return RiskPoint(coverage, threshold, len(errors) / len(wrong), sum(errors) / len(errors))
