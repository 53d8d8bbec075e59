"""How far what was sent is from what was suggested."""

from __future__ import annotations

__all__ = ["edit_distance"]


def edit_distance(suggested: str, sent: str) -> float:
    """Return the Levenshtein distance of two texts as a share of the longer one's length, 0..1."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_distance(suggested.strip(), sent.strip())
