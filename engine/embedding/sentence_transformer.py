"""The embedder: a sentence-transformers model, the bundled one by default."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.embedding.encoder import Encoder, Role
from engine.errors import BackendFailed
from engine.ports import EmbedderInfo, Vector

__all__ = ["SentenceTransformerEmbedder"]


class SentenceTransformerEmbedder:
    """Embeds queries and passages; safe to use from several threads, one at a time works.

    `model` is empty for the bundled all-MiniLM-L6-v2 (English), else a hub name or the path of a folder; only a hub
    name lets anything reach the network. `languages` (BCP 47) replaces what the model says of itself. The model is
    loaded at the first use: Misconfigured if that fails. BackendFailed if it computes nonsense or runs out of memory.
    """

    def __init__(
        self,
        model: str = "",
        *,
        revision: str = "",
        device: str = "cpu",
        batch_size: int = 32,
        languages: Sequence[str] = (),
    ) -> None:
        self._model = model
        self._revision = revision
        self._device = device
        self._batch_size = batch_size
        self._languages = frozenset(language.split("-")[0].lower() for language in languages)
        self._lock = threading.RLock()
        self._loaded: Encoder | None = None

    @property
    def info(self) -> EmbedderInfo:
        """Identity and abilities of the model; loads it unless it is the bundled one."""
        info = self._encoder().info if self._model else _bundled_info()
        return replace(info, languages=self._languages) if self._languages else info

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return float32 rows of unit length, shape (len(texts), dimension); never NaN, also for empty texts."""
        if not texts:
            return np.empty((0, self.info.dimension), dtype=np.float32)
        return self._embed(texts, Role.PASSAGE)

    def embed_query(self, text: str) -> Vector:
        """Return a float32 vector of unit length, shape (dimension,)."""
        vector: Vector = self._embed([text], Role.QUERY)[0]
        return vector

    def _embed(self, texts: Sequence[str], role: Role) -> Vector:
        with self._lock:
            encoder = self._encoder()
            try:
                vectors = encoder.encode([_encodable(text) for text in texts], role)
            except RuntimeError as error:
                raise BackendFailed(
                    f"The embedding model failed on {self._device}.",
                    remedy="Lower embedding_batch_size, or set embedding_device to cpu.",
                ) from error
        blank = [not text.strip() for text in texts]
        vectors[blank] = np.nan_to_num(vectors[blank], posinf=0, neginf=0)
        return _unit_rows(vectors)

    def _encoder(self) -> Encoder:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> Encoder:
        if self._model:
            from engine.embedding.hub import HubEncoder

            return HubEncoder(self._model, revision=self._revision, device=self._device, batch_size=self._batch_size)
        from engine.embedding.minilm import MiniLM

        return MiniLM(device=self._device, batch_size=self._batch_size)


def _bundled_info() -> EmbedderInfo:
    from engine.embedding.minilm import bundled_info

    return bundled_info()


def _encodable(text: str) -> str:
    """Replace lone surrogates, which no tokenizer takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _unit_rows(vectors: Vector) -> Vector:
    """Scale rows to unit length; a zero row, which some models give an empty text, points equally along every axis."""
    if not np.isfinite(vectors).all():
        raise BackendFailed(
            "The embedding model returned numbers that are not finite.", remedy="Check its weights and its precision."
        )
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = np.where(lengths > 0, vectors, np.float32(1))
    unit: Vector = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit
