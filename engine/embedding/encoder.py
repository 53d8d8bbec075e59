"""What an embedding model does for the embedder that wraps it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from engine.ports import EmbedderInfo, Vector

__all__ = ["Encoder", "Role"]


class Role(StrEnum):
    """What a text is to the search; asymmetric models embed a query and a passage differently."""

    QUERY = "query"
    PASSAGE = "passage"


class Encoder(Protocol):
    """A loaded model; it need not be safe to use from several threads."""

    @property
    def info(self) -> EmbedderInfo:
        """Identity and abilities of the model."""
        ...

    def encode(self, texts: Sequence[str], role: Role) -> Vector:
        """Return an array of shape (len(texts), dimension), of any length and possibly zero for empty texts."""
        ...
