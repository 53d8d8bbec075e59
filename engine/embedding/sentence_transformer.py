"""The embedder on torch: a sentence-transformers model, MiniLM from its wheel by default."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from engine.background import wait_patiently
from engine.embedding.encoder import Encoder, Role
from engine.embedding.loaded import LoadedEmbedder
from engine.errors import BackendFailed
from engine.ports import EmbedderInfo, Vector

__all__ = ["SentenceTransformerEmbedder"]


class SentenceTransformerEmbedder(LoadedEmbedder):
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
        super().__init__(languages=languages)
        self._model = model
        self._revision = revision
        self._device = device
        self._batch_size = batch_size
        self._working = threading.Lock()

    def _known_info(self) -> EmbedderInfo | None:
        from engine.embedding.minilm import bundled_info

        return None if self._model else bundled_info()

    def _encode(self, texts: Sequence[str], role: Role) -> Vector:
        with self._working:
            try:
                return self._encoder().encode(texts, role)
            except RuntimeError as error:
                raise BackendFailed(
                    f"The embedding model failed on {self._device}.",
                    remedy="Lower embedding_batch_size, or set embedding_device to cpu.",
                ) from error

    def _load(self) -> Encoder:
        wait_patiently()
        if self._model:
            from engine.embedding.hub import HubEncoder

            return HubEncoder(self._model, revision=self._revision, device=self._device, batch_size=self._batch_size)
        from engine.embedding.minilm import MiniLM

        return MiniLM(device=self._device, batch_size=self._batch_size)
