"""What a job, or a step of it, came to."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from ingestion.jobs.values import JobProgress
from ingestion.report import IngestReport

__all__ = ["Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job, or a block of it, came to."""

    report: IngestReport
    pages: int = 0

    def to_json(self) -> str:
        """Return it as JSON."""
        return _OUTCOME.dump_json(self).decode()

    @property
    def progress(self) -> JobProgress:
        """How far a job is that came to this."""
        done = self.report.added + self.report.changed + self.report.unchanged + self.report.failed
        return JobProgress(
            files=done, files_total=done, failed=self.report.failed, pages=self.pages, chunks=self.report.chunks
        )

    @classmethod
    def from_json(cls, text: str) -> Outcome:
        """Read what `to_json` wrote."""
        return _OUTCOME.validate_json(text)


_OUTCOME = TypeAdapter(Outcome)
