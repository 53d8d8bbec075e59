"""Versions of documents."""

from __future__ import annotations

from datetime import date

from pydantic import ConfigDict, Field

from api.schemas.base import Model, Whole
from api.schemas.documents import DocumentOut
from api.schemas.examples import COMPARISON, DOCUMENT
from engine.domain.knowledge import Document
from engine.domain.validity import ALWAYS, Period, periods
from engine.ports import KnowledgeRepository
from ingestion.versions.comparison import Change

__all__ = ["ComparisonOut", "PeriodOut", "RevisionOut", "RollbackIn", "SectionChangeOut", "VersionOut", "VersionsOut"]


class PeriodOut(Model):
    """Days on which a version is in force, both included; null where there is no bound."""

    first: date | None
    last: date | None

    @property
    def told(self) -> str:
        """The period in a few characters."""
        return f"{self.first or '…'} – {self.last or '…'}" if self.first or self.last else "always"


class VersionOut(DocumentOut):
    """A version of a document."""

    in_force: PeriodOut | None = Field(
        description="Null if it is in force on no day, because a newer version took its place."
    )

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**DOCUMENT, "in_force": {"first": "2025-01-01", "last": None}}]}
    )

    @classmethod
    def dated(cls, document: Document, period: Period) -> VersionOut:
        """Convert from the domain."""
        first = None if period.first == ALWAYS.first else date.fromordinal(period.first)
        last = None if period.last == ALWAYS.last else date.fromordinal(max(period.last, ALWAYS.first))
        shown = PeriodOut(first=first, last=last) if period else None
        return cls(**DocumentOut.of(document).model_dump(), in_force=shown)


class VersionsOut(Model):
    """All versions of a document, the newest first."""

    items: tuple[VersionOut, ...]

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [{**DOCUMENT, "in_force": {"first": "2025-01-01", "last": None}}]}]}
    )

    @classmethod
    def of_document(cls, knowledge: KnowledgeRepository, document_id: str) -> VersionsOut:
        """Read the versions of a document."""
        found = knowledge.versions(document_id)
        held = periods(found)
        return cls(items=tuple(VersionOut.dated(each, held[each.version]) for each in found))


class SectionChangeOut(Model):
    """A section that differs."""

    section: tuple[str, ...] = Field(description="Headings above the text, outermost first.")
    change: Change
    diff: tuple[str, ...] = Field(
        description="Lines of a unified diff: ` ` in both, `-` in the older, `+` in the newer."
    )


class ComparisonOut(Model):
    """What changed between two versions of a document."""

    document_id: str
    older: int = Field(description="`from` of the call.")
    newer: int = Field(description="`to` of the call.")
    sections: tuple[SectionChangeOut, ...]
    unchanged: int = Field(description="Number of sections that are the same.")

    model_config = ConfigDict(json_schema_extra={"examples": [COMPARISON]})


class RollbackIn(Model):
    """The version whose content is to come back."""

    version: Whole = Field(ge=1, le=2**31 - 1, description="Number of the version to go back to.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 1}]})


class RevisionOut(Model):
    """A new version that was made from what is stored."""

    document: DocumentOut
    embedded: int = Field(description="Passages that had to be embedded.")
    reused: int = Field(description="Passages that kept the vectors they had.")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"document": {**DOCUMENT, "version": 2}, "embedded": 0, "reused": 4}]}
    )
