"""How much room a text takes in an embedding model's input."""

from __future__ import annotations

from ingestion.normalize import WIDE

__all__ = ["NARROW", "WIDE_WEIGHT", "prefix_within", "weight"]

NARROW = 0.3
WIDE_WEIGHT = 1.0


def weight(text: str) -> float:
    """Return 1 for each Han, kana, Hangul or full-width character and 0.3 for any other.

    A weight of 320 is about 256 word pieces, what small embedding models read.
    """
    return NARROW * len(text) + (WIDE_WEIGHT - NARROW) * len(WIDE.findall(text))


def prefix_within(text: str, limit: float) -> int:
    """Return the length of the longest prefix that weighs at most `limit`; at least 1."""
    total = 0.0
    for at, char in enumerate(text):
        total += WIDE_WEIGHT if WIDE.match(char) else NARROW
        if total > limit:
            return max(at, 1)
    return len(text)
