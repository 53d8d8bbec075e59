"""Agreement of two raters on an ordered scale, beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from engine.errors import InvalidInput

__all__ = ["quadratic_kappa"]


def quadratic_kappa(one: Sequence[int], other: Sequence[int]) -> float:
    """Return 1 - sum(w o) / sum(w e), w = (i - j)², o and e the observed and the expected shares of the pair (i, j).

    1 is perfect agreement, 0 what chance gives, below 0 is worse; 1 if both say the same single thing throughout.
    InvalidInput without ratings or for lists of different length.
    Source: Cohen, Weighted Kappa, Psychological Bulletin 70 (1968).
    """
    if not one or len(one) != len(other):
        raise InvalidInput("Kappa needs two ratings of each item.", remedy="Give two lists of equal length.")
    n, left, right = len(one), Counter(one), Counter(other)
    observed = sum((i - j) ** 2 for i, j in zip(one, other, strict=True)) / n
    expected = sum((i - j) ** 2 * left[i] * right[j] for i in left for j in right) / (n * n)
    return 1.0 - observed / expected if expected else 1.0
