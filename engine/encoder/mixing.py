"""Mix a tuned table with the one from before, so that no language finds less than it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from engine.encoder.gain import Asked, by_language, reciprocal_ranks
from engine.encoder.own_pairs import OwnPage
from engine.ports import Vector

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["Mix", "Tables", "best_mix"]

_SHARES: Final = (1.0, 0.75, 0.5, 0.25, 0.0)
_FIRST_WIDE: Final = "\u2e80"  # Han characters, kana, hangul and their signs


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of the tuned rows, 0..1: of Chinese, Japanese and Korean tokens, and of all others."""

    wide: float = 1.0
    others: float = 1.0


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows from before and after tuning, shape (tokens, dimension) each, with their tokenizer."""

    before: Vector
    after: Vector
    tokenizer: Tokenizer

    def mixed(self, mix: Mix) -> Vector:
        """Return the rows mixed."""
        shares = np.where(self._wide(), np.float32(mix.wide), np.float32(mix.others))[:, None]
        table: Vector = (shares * self.after + (1 - shares) * self.before).astype(np.float32)
        return table

    def parts(self, texts: Sequence[str]) -> Vector:
        """Return the sums of the texts' rows, shape (texts, wide and others, before and after, dimension)."""
        wide = self._wide()
        sums = np.zeros((len(texts), 2, 2, self.before.shape[1]), dtype=np.float32)
        for at, encoding in enumerate(self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)):
            tokens = np.array(encoding.ids, dtype=np.int64)
            for part, chosen in enumerate((tokens[wide[tokens]], tokens[~wide[tokens]])):
                sums[at, part] = self.before[chosen].sum(axis=0), self.after[chosen].sum(axis=0)
        return sums

    def _wide(self) -> NDArray[np.bool_]:
        words = self.tokenizer.get_vocab()
        wide = np.zeros(len(self.before), dtype=np.bool_)
        wide[[number for word, number in words.items() if word and max(word) >= _FIRST_WIDE]] = True
        return wide


def best_mix(tables: Tables, questions: Sequence[Asked], pages: Sequence[OwnPage]) -> Mix:
    """Return the shares with the best mean reciprocal rank of those with which no language finds less than before.

    Questions that were not learnt from show it. Without questions the tuned rows are taken as they are.
    """
    texts = [passage.text for page in pages for passage in page.passages]
    if not questions or not texts:
        return Mix()
    asked, told = tables.parts([question.text for question in questions]), tables.parts(texts)

    def found(mix: Mix) -> Mapping[str, float]:
        ranks = reciprocal_ranks(_vectors(asked, mix), _vectors(told, mix), questions, pages)
        return by_language(questions, ranks) | {"": float(np.mean(ranks))}

    before = found(Mix(0.0, 0.0))
    gains = {(mix := Mix(*shares)): found(mix) for shares in product(_SHARES, repeat=2)}
    safe = [mix for mix, after in gains.items() if all(after[language] >= before[language] for language in before)]
    return max(safe, key=lambda mix: gains[mix][""])


def _vectors(parts: Vector, mix: Mix) -> Vector:
    shares = np.array([[1 - mix.wide, mix.wide], [1 - mix.others, mix.others]], dtype=np.float32)
    sums = np.einsum("npvd,pv->nd", parts, shares)
    vectors: Vector = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return vectors
