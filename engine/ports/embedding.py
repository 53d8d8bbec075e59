"""Turning text into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

__all__ = ["Closing", "Embedder", "EmbedderInfo", "Vector"]

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EmbedderInfo:
    """What identifies an embedding model. `languages` are the BCP 47 primary subtags it understands; empty: all."""

    model: str
    revision: str
    dimension: int
    normalized: bool
    languages: frozenset[str] = frozenset()

    def understands(self, language: str) -> bool:
        """Tell whether vectors of text in `language` (BCP 47) mean something."""
        return not self.languages or language.partition("-")[0] in self.languages


class Embedder(Protocol):
    """Turns text into dense vectors whose inner product is their cosine."""

    @property
    def info(self) -> EmbedderInfo:
        """Identity and abilities of the model."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return an array of shape (len(texts), dimension), rows of unit length; never NaN."""
        ...

    def embed_query(self, text: str) -> Vector:
        """Return an array of shape (dimension,), of unit length."""
        ...


@runtime_checkable
class Closing(Protocol):
    """What holds connections to a server."""

    def close(self) -> None:
        """Close them; a later use opens new ones."""
        ...
