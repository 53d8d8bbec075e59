"""Area under the receiver operating characteristic."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from engine.errors import InvalidInput

__all__ = ["auroc"]


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Return the probability that a positive example scores higher than a negative one, equal scores counting 1/2.

    That is U / (P N), U the Mann-Whitney statistic. InvalidInput unless there is an example of each.
    Source: Hanley and McNeil, The Meaning and Use of the Area under a ROC Curve, Radiology 143 (1982).
    """
    positives = [score for score, is_positive in zip(scores, positive, strict=True) if is_positive]
    negatives = sorted(score for score, is_positive in zip(scores, positive, strict=True) if not is_positive)
    if not positives or not negatives:
        raise InvalidInput("AUROC needs a positive and a negative example.", remedy="Evaluate more questions.")
    below = sum(bisect_left(negatives, score) + bisect_right(negatives, score) for score in positives)
    return below / (2 * len(positives) * len(negatives))
