"""Tell whether a Chinese sentence is abusive, by a linear model over its characters and pairs of characters."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.languages.folding import fold

__all__ = ["BITS", "MODEL", "offensiveness", "term_weights"]

MODEL = Path(__file__).with_name("offensive-zh.npz")
"""Fitted by `python -m evals.fit_offensive` on one seeded half of COLDataset (Apache-2.0): numbers only, no text."""

BITS = 14  # of a term's number
_WORD = np.uint64(0xFFFFFFFF)
_ONE, _LEFT, _RIGHT, _PAIR = (np.uint64(prime) for prime in (2654435761, 2246822519, 3266489917, 668265263))  # xxHash


def offensiveness(text: str) -> float:
    """Return how likely the text is abusive, 0..1; 0 for an empty one. It knows Chinese only, in either script."""
    weights, intercept = _model()
    terms, shares = term_weights(text)
    if not len(terms):
        return 0.0
    return 1 / (1 + math.exp(-(float(shares @ weights[terms]) + intercept)))


def term_weights(text: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the hashed terms of a text and their weights, 1 + ln of their counts scaled to unit length."""
    spaced = f" {' '.join(fold(text).split())} "
    codes = np.frombuffer(spaced.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    single = (codes[1:-1] * _ONE) & _WORD
    pairs = ((codes[:-1] * _LEFT + codes[1:] * _RIGHT) * _PAIR) & _WORD
    hashed = np.concatenate([single, pairs if len(single) else single]) >> np.uint64(32 - BITS)
    counted = Counter(hashed.tolist())
    terms = np.fromiter(counted, dtype=np.int64, count=len(counted))
    weights = 1 + np.log(np.fromiter(counted.values(), dtype=np.float64, count=len(counted)))
    return terms, weights / max(float(np.linalg.norm(weights)), 1.0)


@lru_cache(maxsize=1)
def _model() -> tuple[NDArray[np.float64], float]:
    with np.load(MODEL, allow_pickle=False) as kept:
        return kept["weights"].astype(np.float64) * float(kept["scale"]), float(kept["intercept"])
