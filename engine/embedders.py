"""The embedders of an engine: the one that the settings name, and those of indexes that were built with another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from engine.embedding.cached import CachedEmbedder
from engine.embedding.static import StaticEmbedder
from engine.ports import Closing, Embedder
from engine.settings import Settings

__all__ = ["BUNDLED", "Embedders", "plain_embedder"]

BUNDLED: Final = "bundled"
"""What the encoder that comes along is called where a model has to be named."""


def plain_embedder(embedder: Embedder) -> Embedder:
    """Return an embedder without its memory of queries."""
    return embedder.inner if isinstance(embedder, CachedEmbedder) else embedder


class Embedders:
    """Builds each embedder once, at its first use, from settings that name it; safe to use from several threads.

    `own` is used instead of building the one that the settings name, and `load` instead of building others: engines in
    one process share their models so.
    """

    def __init__(
        self,
        settings: Settings,
        build: Callable[[Settings], Embedder],
        own: Embedder | None = None,
        load: Callable[[str], Embedder] | None = None,
    ) -> None:
        self._settings = settings
        self._build = build
        self._load = load or self._built
        self._lock = threading.Lock()
        self._loaded: dict[str, Embedder] = {}
        self._made: list[Embedder] = []
        self.own = self._remembering(own or self._kept(build(settings)))

    def load(self, source: str) -> Embedder:
        """Return the embedder of that name, as KNOWDESK_EMBEDDING_MODEL takes it, or "bundled"."""
        with self._lock:
            if source not in self._loaded:
                self._loaded[source] = self._remembering(self._load(source))
            return self._loaded[source]

    def _built(self, source: str) -> Embedder:
        named = {"embedding_model": "" if source == BUNDLED else source, "embedding_revision": ""}
        return self._kept(self._build(self._settings.model_copy(update=named)))

    def _kept(self, embedder: Embedder) -> Embedder:
        self._made.append(embedder)
        return embedder

    def close(self) -> None:
        """Close the connections of those that were built here; what is used afterwards opens new ones."""
        for each in self._made:
            if isinstance(each, Closing):
                each.close()

    def _remembering(self, embedder: Embedder) -> Embedder:
        """Return it with a memory of queries, if the settings want one; a static model is quicker than any look-up.

        What another engine remembers stays its own.
        """
        entries = self._settings.embedding_cache
        plain = plain_embedder(embedder)
        return CachedEmbedder(plain, entries) if entries and not isinstance(plain, StaticEmbedder) else plain
