"""Passages that answer the same question with different values, and which of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.domain.knowledge import DocumentKind, Span

__all__ = ["ConflictBasis", "ConflictSide", "KnowledgeConflict"]


class ConflictBasis(StrEnum):
    """What decides which side of a conflict holds, strongest first."""

    VALIDITY = "validity"
    """The other side holds on other days only."""
    DATE = "date"
    """It holds since a later day than the other side."""
    KIND = "kind"
    """A policy goes before a manual or page, these before an FAQ, and that before a past conversation or case."""
    NOTHING = "nothing"
    """Nothing decides: the engine does not answer."""


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """What one document says: `quote` is exactly its stored text at `span`."""

    document_id: str
    version: int
    title: str
    uri: str
    kind: DocumentKind
    span: Span
    quote: str
    effective_from: date | None = None
    effective_until: date | None = None


@dataclass(frozen=True, slots=True)
class KnowledgeConflict:
    """Two documents that disagree; `holds` is answered from, unless `decided_by` nothing."""

    decided_by: ConflictBasis
    holds: ConflictSide
    against: ConflictSide
