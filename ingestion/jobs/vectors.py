"""Embedding in small portions whose vectors are kept on disk until the block of files is written."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from engine.ports import Embedder, EmbedderInfo, Vector

__all__ = ["SteadyEmbedder"]

_KEY_BYTES = 16
_FIRST = 8  # texts of the first portion, when nothing is known of the speed
_MOST = 256
_PORTION_S = 0.5  # how long a portion shall take


class SteadyEmbedder:
    """An embedder that can be stopped between portions of half a second, and that never embeds a text twice.

    Each portion is appended to `file`; what a process that was killed had embedded is found there. `on_portion` is
    called before each portion and may raise.
    """

    def __init__(self, inner: Embedder, file: Path, *, on_portion: Callable[[], None]) -> None:
        self._inner = inner
        self._file = file
        self._on_portion = on_portion
        self._size = _FIRST
        self._kept = self._read()

    @property
    def info(self) -> EmbedderInfo:
        """That of the embedder within."""
        return self._inner.info

    def embed_query(self, text: str) -> Vector:
        """Embed a query, as the embedder within does."""
        return self._inner.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Embed texts; those that were embedded before for the same block are looked up."""
        if not texts:
            return self._inner.embed_passages(texts)
        keys = [self._key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._kept}
        waiting = list(missing.items())
        while waiting:
            portion, waiting = waiting[: self._size], waiting[self._size :]
            self._embed(portion)
        self._on_portion()
        return np.stack([self._kept[key] for key in keys])

    def forget(self) -> None:
        """Remove what is kept: the block is written."""
        self._kept.clear()
        self._file.unlink(missing_ok=True)

    def _embed(self, portion: Sequence[tuple[bytes, str]]) -> None:
        self._on_portion()
        began = time.perf_counter()
        rows = np.asarray(self._inner.embed_passages([text for _, text in portion]), dtype=np.float32)
        each = (time.perf_counter() - began) / len(portion)
        self._size = max(1, min(_MOST, round(_PORTION_S / each) if each > 0 else _MOST))
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("ab") as file:
            file.write(b"".join(key + row.tobytes() for (key, _), row in zip(portion, rows, strict=True)))
        self._kept.update((key, row) for (key, _), row in zip(portion, rows, strict=True))

    def _read(self) -> dict[bytes, Vector]:
        """Return what is kept; a record that was half written when the process died is cut off."""
        width = _KEY_BYTES + 4 * self.info.dimension
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return {}
        whole = len(data) - len(data) % width
        if whole < len(data):
            with self._file.open("r+b") as file:
                file.truncate(whole)
        return {
            data[at : at + _KEY_BYTES]: np.frombuffer(data, np.float32, self.info.dimension, at + _KEY_BYTES)
            for at in range(0, whole, width)
        }

    def _key(self, text: str) -> bytes:
        model = f"{self.info.model} {self.info.revision}\n"
        return hashlib.blake2b((model + text).encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).digest()
