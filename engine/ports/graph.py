"""Keeping what documents tell of the graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from engine.domain.graph import Edge

__all__ = ["GraphRepository"]


class GraphRepository(Protocol):
    """Edges by the documents that tell of them; they go with their documents."""

    def versions(self, knowledge_base: str) -> Mapping[str, int]:
        """Return which version of each document was read."""
        ...

    def put(self, knowledge_base: str, document_id: str, version: int, edges: Sequence[Edge]) -> None:
        """Keep what a version of a document tells, in the place of what was kept of the document."""
        ...

    def edges(self, knowledge_base: str) -> tuple[Edge, ...]:
        """Return all edges, by document and place."""
        ...
