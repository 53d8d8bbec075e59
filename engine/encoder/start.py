"""The table that training starts from: English words as MiniLM sees them, other words as the mean of their meanings.

Without any training this reaches nine tenths of what training reaches between Chinese and English (model card);
from random rows, a whole training run stays below half of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from engine.encoder.corpus import Corpus, Numbers
from engine.encoder.vocabulary import Piece
from engine.ports import Vector

__all__ = ["embedded", "first_rows", "row_weights", "teach", "teachable", "translate"]

SMOOTHING: Final = 3e-4  # a in a / (a + p), smooth inverse frequency (Arora et al. 2017)
_CHARACTER: Final = 3e-5  # single characters are met more often than they are listed as words
_PAIR_WEIGHTS: Final[Mapping[str, float]] = {"cedict": 1.0, "jmdict": 1.0, "kanjidic": 0.3}
_TAUGHT, _OWN = 0.7, 0.7  # shares of the teacher's and of a random direction
_MEANT, _KEPT = 0.9, 0.3  # shares of the meanings' and of the piece's own direction
_SAMPLE: Final = 15_000
_BATCH: Final = 50_000


def row_weights(pieces: Sequence[Piece]) -> Vector:
    """Return how much each token counts, shape (1 + pieces,): rare words more than common ones; the unknown most."""
    shares = [max(piece.frequency, _CHARACTER if len(piece.text) == 1 else 0.0) for piece in pieces]
    weights: Vector = (SMOOTHING / (SMOOTHING + np.array([1e-6, *shares]))).astype(np.float32)
    return weights


def first_rows(pieces: Sequence[Piece], corpus: Corpus, taught: Vector, *, dimension: int, seed: int) -> Vector:
    """Return rows of unit length, shape (1 + pieces, dimension); `taught` is the teacher's row for each `teach`able."""
    random = np.random.default_rng(seed)
    rows = random.standard_normal((len(pieces) + 1, dimension)).astype(np.float32) / np.float32(np.sqrt(dimension))
    numbers = teachable(pieces)
    if numbers:
        reduced = _reduced(taught, dimension, random)
        rows[numbers] *= _OWN
        rows[np.ix_(numbers, range(reduced.shape[1]))] += _TAUGHT * reduced
    translate(rows, row_weights(pieces), corpus, [None, *pieces])
    return _unit(rows)


def teachable(pieces: Sequence[Piece]) -> list[int]:
    """Return the numbers of the tokens that the English teacher reads: those in ASCII of three letters and more."""
    return [number for number, piece in enumerate(pieces, 1) if len(piece.text) > 2 and piece.text.isascii()]


def teach(pieces: Sequence[Piece]) -> Vector:
    """Return MiniLM's vectors of the teachable pieces, each embedded as a text of its own."""
    from engine.embedding.encoder import Role
    from engine.embedding.minilm import MiniLM

    return MiniLM(device="cpu", batch_size=256).encode([pieces[at - 1].text for at in teachable(pieces)], Role.QUERY)


def translate(rows: Vector, weights: Vector, corpus: Corpus, pieces: Sequence[Piece | None]) -> None:
    """Turn the rows of words that dictionaries list towards the mean of their meanings, in place."""
    towards = np.zeros_like(rows)
    for name, weight in _PAIR_WEIGHTS.items():
        pairs = corpus.pairs.get(name, np.empty((0, 2), dtype=np.int32))
        pairs = pairs[corpus.lengths(pairs[:, 0]) == 1]
        tokens = corpus.tokens[corpus.offsets[pairs[:, 0]]]
        foreign = np.array([not _ascii(pieces[token]) for token in tokens], dtype=bool)
        pairs, tokens = pairs[foreign], tokens[foreign]
        for begin in range(0, len(pairs), _BATCH):
            meanings = embedded(rows, weights, corpus, pairs[begin : begin + _BATCH, 1])
            np.add.at(towards, tokens[begin : begin + _BATCH], weight * meanings)
    listed = np.flatnonzero(np.linalg.norm(towards, axis=1))
    rows[listed] = _MEANT * _unit(towards[listed]) + _KEPT * rows[listed]


def embedded(rows: Vector, weights: Vector, corpus: Corpus, texts: Numbers) -> Vector:
    """Return the texts' vectors, of unit length or zero."""
    tokens, starts = corpus.bags(texts)
    summed = np.zeros((len(texts), rows.shape[1]), dtype=np.float32)
    there = np.flatnonzero(np.diff(starts))
    if len(there):
        summed[there] = np.add.reduceat(rows[tokens] * weights[tokens, None], starts[there], axis=0)
    return _unit(summed)


def _reduced(taught: Vector, dimension: int, random: np.random.Generator) -> Vector:
    """Return the teacher's vectors on their principal axes, half-way whitened, of unit length."""
    centred = _unit(taught)
    centred -= centred.mean(axis=0)
    sample = centred[random.permutation(len(centred))[:_SAMPLE]]
    _, spread, axes = np.linalg.svd(sample, full_matrices=False)
    kept = min(dimension, len(axes))
    return _unit((centred @ axes[:kept].T / np.sqrt(spread[:kept] + 1e-6)).astype(np.float32))


def _ascii(piece: Piece | None) -> bool:
    return piece is None or piece.text.isascii()


def _unit(rows: Vector) -> Vector:
    unit: Vector = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return unit
