"""The vector of a query, or none: then BM25 searches alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from engine.errors import BackendFailed
from engine.observability import Stopwatch, get_logger
from engine.ports import Embedder, Vector

__all__ = ["UNEMBEDDED", "Seldom", "query_vector"]

UNEMBEDDED: Final = "unembedded"
"""The stage that tells, among the timings and in the metrics, that a query could not be embedded."""

logger = get_logger(__name__)


class Seldom:
    """Says yes once in `every_s`; safe to use from several threads."""

    def __init__(self, every_s: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._every_s = every_s
        self._clock = clock
        self._lock = threading.Lock()
        self._next = float("-inf")

    def __call__(self) -> bool:
        """Tell whether it is time again."""
        with self._lock:
            if self._clock() < self._next:
                return False
            self._next = self._clock() + self._every_s
            return True


_warn = Seldom(60.0)


def query_vector(embedder: Embedder, query: str, language: str, watch: Stopwatch) -> Vector | None:
    """Return the vector of a query, shape (dimension,); None if the model does not know its language, or fails.

    A failure is logged once a minute, and is the stage `UNEMBEDDED` of the watch.
    """
    try:
        with watch.stage("embed"):
            return embedder.embed_query(query) if embedder.info.understands(language) else None
    except BackendFailed as error:
        if _warn():
            logger.warning("queries are searched by their words alone: %s", error)
    with watch.stage("unembedded"):
        return None
