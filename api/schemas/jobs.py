"""Jobs: what is asked for, how far they are, what became of them."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from api.schemas.base import CONTROL, Day, Flag, Identifier, KnowledgeBaseName, Label, Model, check_period
from api.schemas.examples import JOB, JOB_CALL
from api.schemas.ingestion import IngestOut
from engine.domain.knowledge import DocumentKind
from ingestion.jobs.values import PLACE, REINDEX, SITEMAP, Job, JobProgress, JobSpec, JobState, SourceSpec
from ingestion.sources import SourceNotes

__all__ = ["JobIn", "JobOut", "JobPageOut", "JobProgressOut", "JobsQuery", "PlaceKind", "SourceIn", "SourceOut"]


class PlaceKind(StrEnum):
    """Where documents are: a folder of the server, one web page, all pages of a sitemap, or object storage."""

    FOLDER = "folder"
    URL = "url"
    SITEMAP = "sitemap"
    STORAGE = "storage"


class SourceIn(Model):
    """Documents to keep in step with; what is said here holds for all of them and wins over what they say."""

    kind: PlaceKind
    location: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=rf"^[^{CONTROL}]+$")] = Field(
        description="Path, https:// address, or s3://, gs://, az://, oss:// address of the documents.",
        examples=["https://shop.example/sitemap.xml"],
    )
    document_kind: DocumentKind | None = Field(default=None, description="What all these documents are.")
    tags: tuple[Label, ...] = Field(default=(), max_length=50, description="For all these documents.")
    effective_from: Day | None = Field(default=None, description="The first day on which the documents hold.")
    effective_until: Day | None = Field(default=None, description="The last day on which the documents hold.")

    @model_validator(mode="after")
    def _check_period(self) -> Self:
        check_period(self.effective_from, self.effective_until)
        return self

    def to_spec(self) -> SourceSpec:
        """Convert to what a job takes."""
        notes = SourceNotes(self.document_kind, self.tags, self.effective_from, self.effective_until)
        return SourceSpec(SITEMAP if self.kind is PlaceKind.SITEMAP else PLACE, self.location, notes)


class JobIn(Model):
    """A job: to bring a knowledge base up to date with sources, or to index anew what it holds."""

    knowledge_base: KnowledgeBaseName
    sources: tuple[SourceIn, ...] = Field(
        default=(), max_length=100, description="Read one after the other; none with `reindex`."
    )
    reindex: Flag = Field(default=False, description="Embed all documents anew, such as with another model.")

    model_config = ConfigDict(json_schema_extra={"examples": [JOB_CALL]})

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.sources) == self.reindex:
            raise ValueError("send either sources or reindex: true")
        return self

    def to_spec(self) -> JobSpec:
        """Convert to what the job service takes."""
        if self.reindex:
            return JobSpec(self.knowledge_base, (SourceSpec(REINDEX, ""),), rebuild=True)
        return JobSpec(self.knowledge_base, tuple(source.to_spec() for source in self.sources))


class JobsQuery(Model):
    """Which jobs to list."""

    knowledge_base: KnowledgeBaseName | None = Field(default=None, description="Only of this knowledge base.")
    state: list[JobState] = Field(default=[], max_length=7, description="Only in this state; may be repeated.")
    limit: int = Field(default=50, ge=1, le=200, description="At most this many on a page.")
    cursor: Identifier | None = Field(default=None, description="`next_cursor` of the page before.")


class SourceOut(Model):
    """A source of a job."""

    kind: str = Field(description="`place`, `sitemap`, `upload`, `reindex` or `reembed`, whose location is a model.")
    location: str


class JobProgressOut(Model):
    """How far a job is; rates and time left are null until they can be told."""

    files: int = Field(description="Finished, failed ones included.")
    files_total: int = Field(description="Found so far; it may grow while sources are listed.")
    failed: int = Field(description="Of the finished ones.")
    pages: int = Field(description="Parsed so far, of formats that have pages.")
    chunks: int = Field(description="Searchable passages.")
    phase: str = Field(description="`listing`, `parsing`, `waiting`, `writing` or `finishing`.")
    uri: str = Field(description="The document it was at last.")
    note: str = Field(description="What it waits for, or the page of a long file that it is at.")
    files_per_second: float | None
    pages_per_second: float | None
    chunks_per_second: float | None
    seconds_left: float | None

    @classmethod
    def now(cls, progress: JobProgress) -> JobProgressOut:
        """Convert what can be said of it."""
        return cls(**{name: getattr(progress, name) for name in cls.model_fields})


class JobOut(Model):
    """A job. `done_with_failures`: some files failed, the report names them; `failed`: the job itself could not go on.

    `stalled`: it should run and gives no sign of life.
    """

    id: str
    knowledge_base: str
    state: JobState
    sources: tuple[SourceOut, ...]
    retry_of: str = Field(description="The job whose failures this one does again; empty for none.")
    created_at: datetime
    finished_at: datetime | None
    progress: JobProgressOut
    report: IngestOut | None = Field(description="What was done so far, with each file that failed.")
    error: str = Field(description="Why the job as a whole could not go on.")
    remedy: str = Field(description="What can be done about the error.")

    model_config = ConfigDict(json_schema_extra={"examples": [JOB]})

    @classmethod
    def shown(cls, job: Job) -> JobOut:
        """Convert from the job service's."""
        return cls(
            id=job.id,
            knowledge_base=job.spec.knowledge_base,
            state=job.state,
            sources=tuple(SourceOut(kind=each.kind, location=each.location) for each in job.spec.sources),
            retry_of=job.spec.retry_of,
            created_at=_time(job.created_at),
            finished_at=_time(job.finished_at) if job.finished_at else None,
            progress=JobProgressOut.now(job.progress),
            report=IngestOut.summary(job.report) if job.report else None,
            error=job.error.message if job.error else "",
            remedy=job.error.remedy if job.error else "",
        )


class JobPageOut(Model):
    """One page of jobs, the newest first."""

    items: tuple[JobOut, ...]
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [JOB], "next_cursor": None}]})


def _time(epoch: float) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
