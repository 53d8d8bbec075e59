"""What of a question tells what it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, Protocol

import numpy as np

from engine.assist.triage.kernel import Points
from engine.embedding.static import StaticEmbedder
from engine.guard.placeholders import without_placeholders
from engine.languages.sentences import sentences
from engine.languages.service_phrases import is_small_talk
from engine.ports import Vector

__all__ = ["PointEncoder", "TellingEncoder", "matter"]

_REMEMBERED: Final = 5000  # questions
_PORTION: Final = 500  # texts whose token vectors are in memory at a time


class PointEncoder(Protocol):
    """Turns questions into points."""

    @property
    def second_model(self) -> str:
        """The name of what makes the second parts of points, which takes long; empty where they have none."""
        ...

    def points(self, texts: Sequence[str], *, seconds: Mapping[int, Vector] | None = None) -> Points:
        """Return the texts as points; `seconds` are the second parts of some of them, by place, empty for zeros."""
        ...


class TellingEncoder:
    """Embeds questions by the words that few of them have: what product they are about, say, tells little.

    Token vectors of the bundled encoder are weighed by the logarithm of their inverse document frequency (IDF) in a
    corpus of questions.
    """

    def __init__(self, bundled: StaticEmbedder, corpus: Sequence[str]) -> None:
        self._bundled = bundled
        self._size = max(len(corpus), 1)
        self._known = Counter(token for tokens in bundled.tokenize(corpus) for token in set(tokens))

    second_model: Final = ""

    def points(self, texts: Sequence[str], *, seconds: Mapping[int, Vector] | None = None) -> Points:  # noqa: ARG002
        """Return the texts as points, without a second part."""
        portions = [self._embedded(texts[at : at + _PORTION]) for at in range(0, len(texts), _PORTION)]
        first = np.vstack(portions) if portions else np.zeros((0, self._bundled.info.dimension), dtype=np.float32)
        return Points(first, np.zeros((len(texts), 1), dtype=np.float32))

    def _embedded(self, texts: Sequence[str]) -> Vector:
        found = [tokens or [0] for tokens in self._bundled.tokenize(texts)]
        flat = np.array([token for tokens in found for token in tokens], dtype=np.int64)
        weights = np.log(1 + self._size / np.maximum([self._known[int(token)] for token in flat], 1))
        starts = [0, *accumulate(map(len, found))][:-1]
        rows = self._bundled.token_vectors(flat) * weights[:, None].astype(np.float32)
        summed: Vector = np.add.reduceat(rows, starts, axis=0)
        unit: Vector = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return unit


@lru_cache(maxsize=_REMEMBERED)
def matter(text: str) -> str:
    """Return a question without its greetings and thanks; all of it if nothing else is said.

    What was asked for last is remembered until `matter.cache_clear()`: a run needs the newest questions several times.
    """
    said = (span.of(text).strip() for span in sentences(text))
    kept = " ".join(each for each in said if each and not is_small_talk(each))
    return without_placeholders(kept) or text
