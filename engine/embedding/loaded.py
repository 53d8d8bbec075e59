"""What all embedders with a loaded model have in common: lazy loading, clean text in, unit vectors out."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.embedding.encoder import Encoder, Role
from engine.errors import BackendFailed
from engine.ports import EmbedderInfo, Vector

__all__ = ["LoadedEmbedder", "encodable", "unit_rows"]


class LoadedEmbedder(ABC):
    """Embeds queries and passages with an encoder that is loaded at the first use; safe to use from several threads.

    `languages` (BCP 47) replaces what the model says of itself.
    """

    def __init__(self, *, languages: Sequence[str]) -> None:
        self._languages = frozenset(language.split("-")[0].lower() for language in languages)
        self._loading = threading.RLock()
        self._loaded: Encoder | None = None

    @property
    def info(self) -> EmbedderInfo:
        """Identity and abilities of the model; loads it where they are not known before."""
        info = self._known_info() or self._encoder().info
        return replace(info, languages=self._languages) if self._languages else info

    @property
    def is_loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._loaded is not None

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return float32 rows of unit length, shape (len(texts), dimension); never NaN, also for empty texts."""
        if not texts:
            return np.empty((0, self.info.dimension), dtype=np.float32)
        return self._embed(texts, Role.PASSAGE)

    def embed_query(self, text: str) -> Vector:
        """Return a float32 vector of unit length, shape (dimension,)."""
        vector: Vector = self._embed([text], Role.QUERY)[0]
        return vector

    @abstractmethod
    def _known_info(self) -> EmbedderInfo | None:
        """Return what is known of the model before it is loaded."""

    @abstractmethod
    def _load(self) -> Encoder:
        """Load the model; Misconfigured if that fails."""

    @abstractmethod
    def _encode(self, texts: Sequence[str], role: Role) -> Vector:
        """Return what the encoder makes of texts that any tokenizer takes; BackendFailed if it fails."""

    def _embed(self, texts: Sequence[str], role: Role) -> Vector:
        vectors = self._encode([encodable(text) for text in texts], role)
        blank = [not text.strip() for text in texts]
        vectors[blank] = np.nan_to_num(vectors[blank], posinf=0, neginf=0)
        return unit_rows(vectors)

    def _encoder(self) -> Encoder:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded


def encodable(text: str) -> str:
    """Replace lone surrogates, which no tokenizer takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def unit_rows(vectors: Vector) -> Vector:
    """Scale rows to unit length; a zero row, which some models give an empty text, points equally along every axis."""
    if not np.isfinite(vectors).all():
        raise BackendFailed(
            "The embedding model returned numbers that are not finite.", remedy="Check its weights and its precision."
        )
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = np.where(lengths > 0, vectors, np.float32(1))
    unit: Vector = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit
