"""What became of documents that were to be ingested."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.base import Model
from api.schemas.examples import INGEST
from ingestion.report import IngestReport

__all__ = ["DuplicateOut", "FailureOut", "IngestCountsOut", "IngestOut", "WarnedOut"]


class IngestCountsOut(Model):
    """Numbers of documents by what became of them."""

    added: int
    changed: int
    unchanged: int
    deleted: int
    failed: int


class FailureOut(Model):
    """A document that could not be ingested; an older version of it stays."""

    uri: str
    error: str
    remedy: str


class WarnedOut(Model):
    """A document that was ingested, and what is wrong with it."""

    uri: str
    warnings: str


class DuplicateOut(Model):
    """A document that says the same as another one, or nearly so."""

    uri: str
    other: str
    similarity: float = Field(description="1 for the same text, else the share of word sequences in both.")


class IngestOut(Model):
    """The end of an ingestion."""

    documents: IngestCountsOut
    chunks: int = Field(description="Searchable passages that were written.")
    embedded: int = Field(description="Of the passages, those that were embedded.")
    reused: int = Field(description="Of the passages, those that kept the vectors they had.")
    failures: tuple[FailureOut, ...]
    warnings: tuple[WarnedOut, ...]
    duplicates: tuple[DuplicateOut, ...]
    seconds: float

    model_config = ConfigDict(json_schema_extra={"examples": [INGEST]})

    @classmethod
    def summary(cls, report: IngestReport) -> IngestOut:
        """Convert from ingestion's report."""
        return cls(
            documents=IngestCountsOut.of(report),
            chunks=report.chunks,
            embedded=report.embedded,
            reused=report.reused,
            failures=tuple(map(FailureOut.of, report.failures)),
            warnings=tuple(map(WarnedOut.of, report.warnings)),
            duplicates=tuple(map(DuplicateOut.of, report.duplicates)),
            seconds=round(report.seconds, 3),
        )
