"""Seeded choices that are the same on every machine and in every version of Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from engine.domain.knowledge import stable_id
from engine.errors import InvalidInput

__all__ = ["chosen_half", "halves", "shuffled"]

T = TypeVar("T")


def shuffled(items: Iterable[T], *, seed: int, key: Callable[[T], str]) -> tuple[T, ...]:
    """Return the items in an order that depends on `seed` and on each item's own key alone."""
    return tuple(sorted(items, key=lambda item: stable_id(str(seed), key(item))))


def halves(items: Iterable[T], *, seed: int, key: Callable[[T], str]) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """Split the items at random into two halves; the first is the larger one by one where they are odd in number."""
    order = shuffled(items, seed=seed, key=key)
    middle = (len(order) + 1) // 2
    return order[:middle], order[middle:]


def chosen_half(items: Iterable[T], half: str, *, seed: int, key: Callable[[T], str]) -> tuple[T, ...]:
    """Return the "first" or "second" of the halves, or "all"; InvalidInput for any other word."""
    first, second = halves(items, seed=seed, key=key)
    chosen = {"all": (*first, *second), "first": first, "second": second}.get(half)
    if chosen is None:
        raise InvalidInput(f"There is no half {half!r}.", remedy="Choose all, first or second.")
    return chosen
