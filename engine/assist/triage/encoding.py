"""Turn messages into vectors for the kernel, each once."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from engine.assist.triage.kernel import Points
from engine.ports import Embedder, LanguageDetector, Vector

__all__ = ["MessageEncoder"]

CODE: Final = re.compile(r"(?<![A-Za-z0-9-])(?=(?:[A-Za-z-]*[0-9]){4})[A-Za-z0-9-]{7,}(?![A-Za-z0-9])")
"""Numbers of orders and parcels, which say nothing about what is wanted."""
REMEMBERED: Final = 50_000  # examples whose vectors are kept, so that an edit embeds only what is new


class MessageEncoder:
    """Embeds messages by `first`, and by `second` where it understands their language; safe to use from threads."""

    def __init__(self, first: Embedder, second: Embedder | None, detector: LanguageDetector) -> None:
        self._first = first
        self._second = second
        self._detector = detector
        self._known: dict[str, Vector] = {}
        self._lock = threading.Lock()

    @property
    def second_model(self) -> str:
        """The name of what makes the second parts of points, which takes long; empty where they have none."""
        if self._second is None:
            return ""
        info = self._second.info
        return "@".join((info.model, info.revision, *sorted(info.languages)))

    def points(self, texts: Sequence[str], *, seconds: Mapping[int, Vector] | None = None) -> Points:
        """Return the messages as points; `seconds` are the second parts of some of them, by place, empty for zeros."""
        plain = [CODE.sub(" ", text) for text in texts]
        first = self._first.embed_passages(plain)
        if not seconds:
            return Points(first, self._seconds(plain))
        new = [at for at in range(len(plain)) if at not in seconds]
        made = self._seconds([plain[at] for at in new])
        second = np.zeros((len(plain), made.shape[1]), dtype=np.float32)
        second[new] = made
        for at, vector in seconds.items():
            if vector.size:
                second[at] = vector
        return Points(first, second)

    def remembered(self, texts: Sequence[str]) -> Points:
        """Return examples as points, with those vectors of before that took long to make."""
        texts = [CODE.sub(" ", text) for text in texts]
        with self._lock:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
            self._known.update(zip(fresh, self._seconds(fresh), strict=True))
            seconds = [self._known[text] for text in texts]
        return Points(self._first.embed_passages(texts), np.array(seconds, dtype=np.float32).reshape(len(texts), -1))

    def _seconds(self, texts: Sequence[str]) -> Vector:
        if self._second is None:
            return np.zeros((len(texts), 1), dtype=np.float32)
        vectors = np.zeros((len(texts), self._second.info.dimension), dtype=np.float32)
        meant = [at for at, text in enumerate(texts) if self._second.info.understands(self._detector.detect(text))]
        if meant:
            vectors[meant] = self._second.embed_passages([texts[at] for at in meant])
        return vectors
