"""A deterministic reranker."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.languages.folding import fold
from engine.ports import Vector

__all__ = ["WordReranker"]


class WordReranker:
    """Tells which share of the query's words stands in a text."""

    def relevance(self, query: str, texts: Sequence[str]) -> Vector:
        """Compare words as written, folded."""
        asked = set(fold(query).split())
        shares = [len(asked & set(fold(text).split())) / max(1, len(asked)) for text in texts]
        return np.array(shares, dtype=np.float32)
