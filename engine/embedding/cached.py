"""Vectors of queries that are asked again, for models that take their time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from engine.ports import Embedder, EmbedderInfo, Vector

__all__ = ["CachedEmbedder"]


class CachedEmbedder:
    """Remembers the vectors of the last `entries` different queries of another embedder; passages pass through.

    A vector depends on text and model alone, so it never goes stale: a service that changes its model fails. One for
    each tenant: how long a query takes then tells nobody what others asked. Safe to use from several threads.
    """

    def __init__(self, inner: Embedder, entries: int) -> None:
        self.inner = inner
        self._query = lru_cache(maxsize=entries)(self._embedded)

    @property
    def info(self) -> EmbedderInfo:
        """Identity and abilities of the model."""
        return self.inner.info

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return what the model makes of the texts."""
        return self.inner.embed_passages(texts)

    def embed_query(self, text: str) -> Vector:
        """Return the vector of a query, which is not to be changed."""
        return self._query(text)

    def _embedded(self, text: str) -> Vector:
        vector = self.inner.embed_query(text)
        vector.flags.writeable = False
        return vector
