"""How Han characters sound in Mandarin, without tones."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["spellings", "syllable"]

READINGS = Path(__file__).with_name("readings.npz")
"""Up to two readings of each character of U+4E00-9FFF, commonest first, by `python -m evals.fit_readings`."""

_FIRST = 0x4E00
_MOST = 8  # spellings of one word


@lru_cache(maxsize=1)
def _table() -> tuple[list[str], NDArray[np.uint16]]:
    """Return the syllables, the empty one first, and the numbers of each character's readings."""
    with np.load(READINGS, allow_pickle=False) as kept:
        return str(kept["syllables"]).split(","), kept["readings"]


@lru_cache(maxsize=8192)
def _sounds(char: str) -> tuple[str, ...]:
    syllables, readings = _table()
    row = ord(char) - _FIRST
    if not 0 <= row < len(readings):
        return ()
    return tuple(syllables[number] for number in readings[row] if number)


def syllable(char: str) -> str:
    """Return the commonest reading of a character, "" where there is none."""
    found = _sounds(char)
    return found[0] if found else ""


def spellings(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways in which a word of Han characters may sound, syllable by syllable; none if one has no sound."""
    sounds = [_sounds(char) for char in word]
    if not all(sounds):
        return ()
    return tuple(way for way, _ in zip(product(*sounds), range(_MOST), strict=False))
