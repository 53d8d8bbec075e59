"""What of the knowledge is not as it should be: what contradicts itself, and what is out of date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.domain.conflict import ConflictSide

__all__ = ["LINKS", "Contradiction", "ContradictionKind", "StaleReason", "StaleThing"]

LINKS = "links"
"""Field of a document's metadata: addresses of pages, as they are written, separated by white space."""


class ContradictionKind(StrEnum):
    """What stands against what."""

    DOCUMENTS = "documents"
    AGENTS = "agents"
    """What an agent told a customer, against a document."""
    LANGUAGES = "languages"
    """The same page in another language."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements about the same that cannot both be so; `confidence` is how sure that is, 0..1.

    `values` are those that differ, one of each side in normal form; none where one says yes and the other no.
    """

    kind: ContradictionKind
    one: ConflictSide
    other: ConflictSide
    values: tuple[tuple[str, ...], tuple[str, ...]]
    confidence: float


class StaleReason(StrEnum):
    """Why a document wants looking at."""

    EXPIRED = "expired"
    """It no longer holds."""
    EXPIRING = "expiring"
    """It ceases to hold soon."""
    BROKEN_LINK = "broken_link"
    """It links to a page beside it that is not in the knowledge base."""
    UNREACHED = "unreached"
    """No answer ever cited it."""


@dataclass(frozen=True, slots=True)
class StaleThing:
    """A document that wants looking at; `day` is its last one, `detail` the link that leads nowhere."""

    reason: StaleReason
    document_id: str
    title: str
    uri: str
    language: str
    day: date | None = None
    detail: str = ""
