"""Late interaction over a static embedding: each token of a query looks for its nearest token in a text.

The sum of maximal similarities of Khattab and Zaharia (ColBERT, 2020), with vectors that depend on the token alone: no
network runs, so a text takes microseconds, and a word finds its translation. A token weighs as much as it moves the
query's own vector, times its rarity among the texts compared (BM25's inverse document frequency).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from engine.embedding.static import StaticEmbedder
from engine.ports import Vector

__all__ = ["LateInteraction"]

KEPT = 20_000  # texts whose tokens are remembered; about 1 KB each
SAME = 0.99  # cosine above which two tokens are one

Tokens = NDArray[np.int64]


class LateInteraction:
    """Reranks with the tokens of a static model; safe to use from several threads."""

    def __init__(self, model: StaticEmbedder) -> None:
        self._model = model
        self._kept: dict[str, Tokens] = {}
        self._lock = Lock()

    def relevance(self, query: str, texts: Sequence[str]) -> Vector:
        """Return the weighed mean of the maximal cosines, -1..1; 0 for a text or a query without tokens."""
        asked, counts = np.unique(self._model.tokenize([query])[0], return_counts=True)
        bags = self._bags(texts)
        result = np.zeros(len(texts), dtype=np.float32)
        filled = np.array([index for index, bag in enumerate(bags) if len(bag)], dtype=np.int64)
        if not len(asked) or not len(filled):
            return result
        vectors, lengths = _split(self._model.token_vectors(asked.astype(np.int64)))
        best = self._maxima(vectors, [bags[index] for index in filled])
        holding = (best > SAME).sum(axis=1)
        rarity = np.log(1 + (len(filled) - holding + 0.5) / (holding + 0.5))
        weights = counts * lengths * rarity
        if weights.sum() > 0:
            result[filled] = weights @ best / weights.sum()
        return result

    def _maxima(self, query: Vector, bags: Sequence[Tokens]) -> Vector:
        """Return the highest cosine of each query token in each text, shape (query tokens, texts)."""
        every = np.concatenate(bags)
        held = np.zeros(every.max() + 1, dtype=np.bool_)
        held[every] = True
        distinct = np.flatnonzero(held).astype(np.int64)  # as np.unique, without sorting
        column = np.empty(len(held), dtype=np.int64)
        column[distinct] = np.arange(len(distinct))
        cosines = query @ _split(self._model.token_vectors(distinct))[0].T
        starts = np.cumsum([0, *(len(bag) for bag in bags[:-1])])
        best: Vector = np.maximum.reduceat(cosines.take(column[every], axis=1), starts, axis=1)
        return best

    def _bags(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the distinct tokens of each text."""
        with self._lock:
            found = {text: bag for text in texts if (bag := self._kept.get(text)) is not None}
        if missing := [text for text in dict.fromkeys(texts) if text not in found]:
            tokens = self._model.tokenize(missing)
            found |= {
                text: np.array(sorted(set(ids)), dtype=np.int64) for text, ids in zip(missing, tokens, strict=True)
            }
            with self._lock:
                self._kept |= {text: found[text] for text in missing}
                for text in list(islice(self._kept, max(0, len(self._kept) - KEPT))):
                    del self._kept[text]
        return [found[text] for text in texts]


def _split(vectors: Vector) -> tuple[Vector, Vector]:
    """Return unit vectors and lengths; a vector of no length stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1)
    return vectors / np.maximum(lengths, np.finfo(np.float32).tiny)[:, None], lengths
