"""What became of documents that were to be ingested."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.base import Model
from api.schemas.examples import INGEST
from ingestion.report import IngestReport

__all__ = ["FailureOut", "IngestCountsOut", "IngestOut"]


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


class IngestOut(Model):
    """The end of an ingestion."""

    documents: IngestCountsOut
    chunks: int = Field(description="Searchable passages that were written.")
    failures: tuple[FailureOut, ...]
    seconds: float

    model_config = ConfigDict(json_schema_extra={"examples": [INGEST]})

    @classmethod
    def summary(cls, report: IngestReport) -> IngestOut:
        """Convert from ingestion's report."""
        return cls(
            documents=IngestCountsOut.of(report),
            chunks=report.chunks,
            failures=tuple(map(FailureOut.of, report.failures)),
            seconds=round(report.seconds, 3),
        )
