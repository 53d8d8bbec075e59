"""Fingerprints of texts: which are the same, and how alike others are.

MinHash with one permutation: P. Li, A. Owen, C.-H. Zhang, "One Permutation Hashing", NIPS 2012. Each shingle is hashed
once; the hash tells the bin it falls into and its value there, and the smallest value of each bin is kept. Of the bins
that are not empty in both sketches, the share that agrees estimates the Jaccard similarity of the sets of shingles.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.domain.knowledge import Fingerprint
from engine.languages.scripts import MARKS, THAI
from ingestion.normalize import WIDE

__all__ = ["fingerprint", "similarity"]

BINS = 64
BANDS = 8
ROWS = 4  # texts that share .8 of their shingles meet in a band with probability .98, those that share .3 with .06
SHINGLE = 5  # terms: words, or single characters of scripts without spaces
EMPTY = np.uint32(2**32 - 1)
_TERM = re.compile(rf"(?=\w){WIDE.pattern}|{THAI}|(?:(?!{WIDE.pattern}|{THAI})[\w{MARKS}])+")


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a text; letter case, width, punctuation and spaces do not matter."""
    terms = _TERM.findall(unicodedata.normalize("NFKC", text).casefold())
    sketch = _sketch(terms)
    whole = hashlib.sha256(" ".join(terms).encode("utf-8", "surrogatepass")).hexdigest()
    return Fingerprint(whole, sketch.astype("<u4").tobytes(), tuple(_bands(sketch)))


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Return 1 for equal texts, else the estimated Jaccard similarity of their shingles, below 1."""
    if one.text_hash == other.text_hash:
        return 1.0
    left, right = (np.frombuffer(each.sketch, "<u4") for each in (one, other))
    if len(left) != BINS or len(right) != BINS:
        return 0.0
    filled = (left != EMPTY) | (right != EMPTY)
    agreeing = float(((left == right) & filled).sum()) / max(1, int(filled.sum()))
    return min(agreeing, 1 - 1 / (2 * BINS))


def _sketch(terms: list[str]) -> NDArray[np.uint32]:
    count = max(1, len(terms) - SHINGLE + 1) if terms else 0
    shingles = {" ".join(terms[at : at + SHINGLE]) for at in range(count)}
    digests = b"".join(
        hashlib.blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=8).digest() for shingle in shingles
    )
    hashes = np.frombuffer(digests, "<u8")
    sketch = np.full(BINS, EMPTY, np.uint32)
    np.minimum.at(sketch, hashes % BINS, (hashes >> np.uint64(32)).astype(np.uint32))
    return sketch


def _bands(sketch: NDArray[np.uint32]) -> Iterator[int]:
    """Yield one number for each band that is not empty."""
    for number, rows in enumerate(sketch[: BANDS * ROWS].reshape(BANDS, ROWS)):
        if (rows != EMPTY).any():
            digest = hashlib.blake2b(bytes([number]) + rows.tobytes(), digest_size=8).digest()
            yield int.from_bytes(digest, "little") >> 1  # fits a signed column
