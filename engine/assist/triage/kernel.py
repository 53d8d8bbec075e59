"""How alike messages are: by one embedder for all languages, and by another for those that it understands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.ports.embedding import Vector

__all__ = ["Points", "similarity"]

SHARPNESS: Final = 3.0
"""Of the Gaussian kernel exp(s (cosine - 1)); chosen by `knowdesk bench intents --tune` on training data alone."""
SECOND_SHARE: Final = 0.6
"""Of the second embedder where it understands both messages; chosen likewise."""


@dataclass(frozen=True, slots=True)
class Points:
    """Messages as vectors of unit length, rows of two arrays; `second` is all zeros where it does not understand."""

    first: Vector
    second: Vector

    def __len__(self) -> int:
        return len(self.first)

    def rows(self, chosen: NDArray[np.int64]) -> Points:
        """Return some of the messages."""
        return Points(self.first[chosen], self.second[chosen])

    def joined(self, others: Points) -> Points:
        """Return these messages and the others."""
        return Points(np.vstack([self.first, others.first]), np.vstack([self.second, others.second]))


def similarity(some: Points, others: Points) -> Vector:
    """Return the kernel of every pair, shape (len(some), len(others)), each message's with itself being 1.

    A sum of two kernels, each scaled by how much it counts for either message, is a kernel: positive semi-definite.
    """
    left, right = some.second.any(axis=1), others.second.any(axis=1)
    share = np.float32(SECOND_SHARE)
    first = np.sqrt(np.outer(np.where(left, 1 - share, 1), np.where(right, 1 - share, 1)))
    second = share * np.outer(left, right)
    alike: Vector = (first * _gaussian(some.first, others.first)).astype(np.float32)
    if second.any():
        alike += (second * _gaussian(some.second, others.second)).astype(np.float32)
    return alike


def _gaussian(some: Vector, others: Vector) -> Vector:
    near: Vector = np.exp(np.float32(SHARPNESS) * (some @ others.T - 1))
    return near
