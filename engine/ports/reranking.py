"""Judging a few texts against a query more closely than an index can."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.ports.embedding import Vector

__all__ = ["Reranker"]


class Reranker(Protocol):
    """Tells how relevant texts are to a query."""

    def relevance(self, query: str, texts: Sequence[str]) -> Vector:
        """Return one number a text, shape (len(texts),), more is better; comparable within one call only."""
        ...
