"""Seeded choices that are the same on every machine and in every version of Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from engine.domain.knowledge import stable_id

__all__ = ["halves", "shuffled"]

T = TypeVar("T")


def shuffled(items: Iterable[T], *, seed: int, key: Callable[[T], str]) -> tuple[T, ...]:
    """Return the items in an order that depends on `seed` and on each item's own key alone."""
    return tuple(sorted(items, key=lambda item: stable_id(str(seed), key(item))))


def halves(items: Iterable[T], *, seed: int, key: Callable[[T], str]) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """Split the items at random into two halves; the first is the larger one by one where they are odd in number."""
    order = shuffled(items, seed=seed, key=key)
    middle = (len(order) + 1) // 2
    return order[:middle], order[middle:]
