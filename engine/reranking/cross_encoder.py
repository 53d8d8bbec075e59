"""A cross-encoder of sentence-transformers: a network that reads query and text together."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import BackendFailed, Misconfigured
from engine.ports import Vector
from engine.quiet import quiet_loading

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

__all__ = ["CrossEncoderReranker"]

MAX_CHARS = 4000  # of a text; models read a few hundred tokens and cut the rest


class CrossEncoderReranker:
    """Reranks with a cross-encoder; safe to use from several threads, one at a time works.

    `model` is a hub name or the path of a folder; only a hub name lets anything reach the network. torch and the model
    are loaded at the first use: Misconfigured if that fails or the model gives more than one number. BackendFailed if
    it computes nonsense or runs out of memory.
    """

    def __init__(self, model: str, *, device: str = "cpu", batch_size: int = 32) -> None:
        self._model = model
        self._device = device
        self._batch_size = batch_size
        self._lock = threading.Lock()
        self._loaded: CrossEncoder | None = None

    def relevance(self, query: str, texts: Sequence[str]) -> Vector:
        """Return the probability, 0..1, that each text answers the query: the logistic of the model's score."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        pairs = [(_readable(query), _readable(text)) for text in texts]
        with self._lock:
            scores = self._scores(pairs)
        if scores.shape != (len(texts),):
            raise Misconfigured(
                f"The model {self._model} is no reranker: it gives several numbers for a text.",
                remedy="Name a cross-encoder that gives one in the setting reranker.",
            )
        if not np.isfinite(scores).all():
            raise BackendFailed("The reranker returned numbers that are not finite.", remedy="Check its weights.")
        return scores

    def _scores(self, pairs: Sequence[tuple[str, str]]) -> Vector:
        from torch.nn import Sigmoid

        if self._loaded is None:
            self._loaded = self._load()
        try:
            scores = self._loaded.predict(
                list(pairs), batch_size=self._batch_size, activation_fn=Sigmoid(), show_progress_bar=False
            )
        except RuntimeError as error:
            raise BackendFailed(
                f"The reranker failed on {self._device}.",
                remedy="Lower embedding_batch_size, or set embedding_device to cpu.",
            ) from error
        return np.asarray(scores, dtype=np.float32)

    def _load(self) -> CrossEncoder:
        folder = Path(self._model).expanduser()
        here = folder.is_dir()
        with quiet_loading():
            from safetensors import SafetensorError
            from sentence_transformers import CrossEncoder

            try:
                name = str(folder) if here else self._model
                loaded: CrossEncoder = CrossEncoder(name, device=self._device, local_files_only=here)
            except (OSError, ValueError, KeyError, RuntimeError, AssertionError, ImportError, SafetensorError) as error:
                raise Misconfigured(
                    f"The reranker {self._model} could not be loaded on {self._device} ({type(error).__name__}).",
                    remedy="Check the settings reranker and embedding_device; a hub name needs access to the hub.",
                ) from error
        return loaded


def _readable(text: str) -> str:
    """Return the beginning of a text without lone surrogates, which no tokenizer takes."""
    return text[:MAX_CHARS].encode("utf-8", "replace").decode("utf-8")
