"""An embedder in a process of its own, which ends with the work that it was started for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from engine.background import detach
from engine.errors import BackendFailed
from engine.ports import Embedder, EmbedderInfo, Vector

__all__ = ["ApartEmbedder"]


class ApartEmbedder:
    """Embeds elsewhere while the block lasts: its model takes memory only meanwhile, and its work gives way.

    `inner` tells what the model is, and is not loaded; `build` makes another one in the process, to which it is sent,
    as it is to all that multiprocessing spawns. The process is started by the first text. For one thread at a time.
    """

    def __init__(self, inner: Embedder, build: Callable[[], Embedder]) -> None:
        self._inner = inner
        self._build = build
        self._process: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Begin the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.shutdown(cancel_futures=True)
            self._process = None

    @property
    def info(self) -> EmbedderInfo:
        """Identity and abilities of the model."""
        return self._inner.info

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return float32 rows of unit length, shape (len(texts), dimension); BackendFailed if the process is killed."""
        if not texts:
            return self._inner.embed_passages(texts)
        try:
            return self._started().submit(_embed_passages, tuple(texts)).result()
        except BrokenProcessPool as error:
            raise BackendFailed(
                "The process that embeds has ended.", remedy="See to it that the machine has more memory."
            ) from error

    def embed_query(self, text: str) -> Vector:
        """Return a float32 vector of unit length, shape (dimension,), made here: one text is not worth a process."""
        return self._inner.embed_query(text)

    def _started(self) -> ProcessPoolExecutor:
        if self._process is None:
            context = get_context("spawn")  # never forked: the parent has threads
            self._process = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(self._build,))
        return self._process


class _Here:
    """What the process works with."""

    embedder: Embedder


def _begin(build: Callable[[], Embedder]) -> None:
    detach()
    _Here.embedder = build()


def _embed_passages(texts: Sequence[str]) -> Vector:
    return _Here.embedder.embed_passages(texts)
