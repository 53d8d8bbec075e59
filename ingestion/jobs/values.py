"""What a job is to do, how far it is, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from pydantic import TypeAdapter

from engine.domain.access import DEFAULT_TENANT
from engine.errors import EngineError
from ingestion.reembedding.gate import Gate
from ingestion.report import Failure, IngestReport
from ingestion.sources import SourceNotes

__all__ = [
    "ACTIVE",
    "PLACE",
    "REEMBED",
    "REINDEX",
    "SITEMAP",
    "UPLOAD",
    "Job",
    "JobProgress",
    "JobSpec",
    "JobState",
    "Reembed",
    "SourceSpec",
    "line_of",
]

PLACE: Final = "place"
"""Kind of source whose location is a path, an address on the web or one in a storage."""

SITEMAP: Final = "sitemap"
"""Kind of source whose location is the address of a sitemap."""

UPLOAD: Final = "upload"
"""Kind of source whose files were sent along with the job; its location is the id of their spool.

It is also the name of the source that they belong to: the same file name again is a new version of that document.
"""

REINDEX: Final = "reindex"
"""Kind of source that stands for what a knowledge base holds already, to index it anew."""


REEMBED: Final = "reembed"
"""Kind of source that stands for what a knowledge base holds, for an index with the model that its location names."""


class JobState(StrEnum):
    """What can be said of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    STALLED = "stalled"
    DONE = "done"
    DONE_WITH_FAILURES = "done_with_failures"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE: Final = frozenset({JobState.QUEUED, JobState.RUNNING, JobState.STALLED})


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A source by its kind and its location; `notes` hold for all its documents."""

    kind: str
    location: str
    notes: SourceNotes = field(default_factory=SourceNotes)


@dataclass(frozen=True, slots=True)
class Reembed:
    """Which index comes into use: one that is built with a `model`, or without one that in a `slot`.

    With `again` the model may be the one in use. The index is compared first, and used only if it passes the gate;
    without a gate it is used in any case.
    """

    model: str = ""
    again: bool = False
    slot: str = ""
    gate: Gate | None = None


@dataclass(frozen=True, slots=True)
class JobSpec:
    """What a job does: bring a knowledge base up to date with sources, or with `reembed` change its index.

    With `only`, just the documents of these uris are looked at, and nothing is deleted.
    """

    knowledge_base: str
    sources: tuple[SourceSpec, ...]
    rebuild: bool = False
    only: tuple[str, ...] = ()
    retry_of: str = ""
    tenant: str = DEFAULT_TENANT
    reembed: Reembed | None = None

    @property
    def line(self) -> str:
        """The line in which it waits: jobs of one knowledge base are done one after the other."""
        return line_of(self.tenant, self.knowledge_base)

    @property
    def uploads(self) -> tuple[str, ...]:
        """The ids of the spools that it needs."""
        return tuple(source.location for source in self.sources if source.kind == UPLOAD)

    def to_json(self) -> str:
        """Return it as JSON."""
        return _SPEC.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> JobSpec:
        """Read what `to_json` wrote."""
        return _SPEC.validate_json(text)


def line_of(tenant: str, knowledge_base: str) -> str:
    """Return the name of a knowledge base among those of all tenants."""
    return knowledge_base if tenant == DEFAULT_TENANT else f"{tenant}\n{knowledge_base}"


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is.

    `phase` is "listing", "parsing", "waiting", "writing" or "finishing"; `note` says what it waits for, or
    which page of a long file it is at. `parsed` is how much of the files that are not finished is parsed, in files, as
    far as their pages tell. Rates are of the present run of the process, None until they can be told; `beat` is the
    time of its last sign of life (epoch).
    """

    files: int = 0
    files_total: int = 0
    failed: int = 0
    pages: int = 0
    chunks: int = 0
    phase: str = ""
    uri: str = ""
    note: str = ""
    parsed: float = 0.0
    files_per_second: float | None = None
    pages_per_second: float | None = None
    chunks_per_second: float | None = None
    seconds_left: float | None = None
    beat: float = 0.0

    def to_json(self) -> str:
        """Return it as JSON."""
        return _PROGRESS.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> JobProgress:
        """Read what `to_json` wrote."""
        return _PROGRESS.validate_json(text)


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its readers see it; times are seconds since the epoch.

    `error` is why it failed as a whole; failures of single files are in `report`.
    """

    id: str
    spec: JobSpec
    state: JobState
    created_at: float
    started_at: float | None = None
    finished_at: float | None = None
    progress: JobProgress = field(default_factory=JobProgress)
    report: IngestReport | None = None
    error: EngineError | None = None

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The files that finally failed, and why."""
        return self.report.failures if self.report else ()

    @property
    def is_active(self) -> bool:
        """Whether it is not at its end."""
        return self.state in ACTIVE


_SPEC = TypeAdapter(JobSpec)
_PROGRESS = TypeAdapter(JobProgress)
