"""How exactly a text was read."""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import Levenshtein

__all__ = ["character_accuracy"]


def character_accuracy(read: str, truth: str) -> float:
    """Return max(0, 1 - edits / length of `truth`) over NFKC text without white space; 1 if both are empty.

    Edits are insertions, deletions and substitutions (Levenshtein 1966). It is 1 minus the character error rate of
    OCR evaluation (Rice, Jenkins and Nartker, The Fourth Annual Test of OCR Accuracy, 1995).
    """
    one, other = _bare(read), _bare(truth)
    if not other:
        return 0.0 if one else 1.0
    return max(0.0, 1 - Levenshtein.distance(one, other) / len(other))


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
