"""Settle which of several overlapping finds counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

__all__ = ["first_of_overlapping"]

T = TypeVar("T")


def first_of_overlapping(found: Iterable[tuple[int, int, T]], length: int) -> list[tuple[int, int, T]]:
    """Return finds (start, end, what) in text of `length` by place; of two that overlap, the one given first."""
    taken = bytearray(length)
    kept: list[tuple[int, int, T]] = []
    for start, end, what in found:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append((start, end, what))
    return sorted(kept, key=lambda find: find[:2])
