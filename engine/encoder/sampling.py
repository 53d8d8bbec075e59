"""Draw pairs of texts that belong together; the other pairs of a batch are what they are told apart from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.encoder.corpus import ABSENT, Corpus, Numbers
from engine.encoder.material import LANGUAGES

__all__ = ["LANGUAGE_WEIGHTS", "Sampler"]

LANGUAGE_WEIGHTS: Final[Mapping[str, float]] = {
    "en": 3.0, "zh-Hans": 2.5, "zh-Hant": 2.0, "ja": 2.5, "ko": 1.0, "de": 2.0, "es": 2.0, "fr": 1.0,
}  # fmt: skip
_BLOCK: Final = 64  # neighbouring segments in a batch: they are of one page, so that the batch has hard negatives
_WEIGHTS: Final = np.array([LANGUAGE_WEIGHTS[language] for language in LANGUAGES])


class Sampler:
    """Draws batches of one kind: a table of the corpus, or its pages. The same seed draws the same batches."""

    def __init__(self, corpus: Corpus, *, seed: int) -> None:
        self._corpus = corpus
        self._rows = {name: np.flatnonzero((table >= 0).sum(1) > 1) for name, table in corpus.aligned.items()}
        self.random = np.random.default_rng(seed)

    def draw(self, kind: str, size: int) -> tuple[Numbers, Numbers]:
        """Return the numbers of at most `size` texts and of as many that belong to them."""
        if kind == "pages":
            return self._from_pages(size)
        if kind in self._corpus.pairs:
            table = self._corpus.pairs[kind]
            rows = table[self.random.integers(0, len(table), size)]
            left, right = rows[:, 0], rows[:, 1]
            return _both(left, right) if self.random.random() < 0.5 else _both(right, left)
        return self._two_languages(self._corpus.aligned[kind][self._neighbours(kind, size)])

    def bags(self, texts: Numbers, *, drop: float = 0.0) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the texts' tokens and where each text begins, of each text a random share up to `drop` left out."""
        tokens, starts = self._corpus.bags(texts)
        if not drop:
            return tokens, starts[:-1]
        lengths = np.diff(starts)
        rates = self.random.random(len(texts)) * drop * (lengths > 3)
        kept = self.random.random(len(tokens)) >= np.repeat(rates, lengths)
        return tokens[kept], np.concatenate([[0], np.cumsum(kept)])[starts[:-1]]

    def _neighbours(self, kind: str, size: int) -> NDArray[np.int64]:
        rows = self._rows[kind]
        if len(rows) <= size:
            return self.random.permutation(rows)
        block = min(_BLOCK, size)
        starts = self.random.integers(0, len(rows) - block + 1, max(1, size // block))
        return np.unique(rows[(starts[:, None] + np.arange(block)).ravel()])

    def _two_languages(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        there = rows >= 0
        chance = np.where(there, _WEIGHTS * self.random.random(rows.shape), ABSENT)
        order = np.argsort(-chance, axis=1)[:, :2]
        at = np.arange(len(rows))
        return _both(rows[at, order[:, 0]], rows[at, order[:, 1]])

    def _from_pages(self, size: int) -> tuple[Numbers, Numbers]:
        """Draw a title or a description, and another part of the same page in any language."""
        pages = self._corpus.pages[self.random.integers(0, len(self._corpus.pages), size)]
        at = np.arange(size)
        asked = self.random.integers(0, 2, size)
        answered = asked + 1 + self.random.integers(0, pages.shape[2] - 2, size) * (asked + 1 < pages.shape[2] - 1)
        answered = np.minimum(answered, pages.shape[2] - 1)
        return _both(self._one_language(pages[at, :, asked]), self._one_language(pages[at, :, answered]))

    def _one_language(self, rows: Numbers) -> Numbers:
        chance = np.where(rows >= 0, _WEIGHTS * self.random.random(rows.shape), ABSENT)
        found: Numbers = rows[np.arange(len(rows)), chance.argmax(axis=1)]
        return found


def _both(left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
    there = (left >= 0) & (right >= 0)
    return left[there], right[there]
