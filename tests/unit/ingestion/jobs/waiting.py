"""Ways to wait for jobs, and to let them wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from engine.domain.knowledge import ParsedDocument
from ingestion.jobs.service import JobService
from ingestion.jobs.values import PLACE, Job, JobSpec, SourceSpec
from ingestion.parsing import Limits
from tests import waiting
from tests.unit.ingestion.workers.hooks import plain

__all__ = ["Gate", "end", "spec_of", "until"]


def spec_of(folder: Path, knowledge_base: str = "kb") -> JobSpec:
    """Return a job for a folder."""
    return JobSpec(knowledge_base, (SourceSpec(PLACE, str(folder)),))


def end(jobs: JobService, job: Job) -> Job:
    """Return the job at its end."""
    return list(jobs.follow(job.id))[-1]


def until(jobs: JobService, job: Job, what: Callable[[Job], bool]) -> Job:
    """Wait until something can be said of the job."""
    return waiting.until(lambda: jobs.job(job.id), what)


class Gate:
    """A parser that waits at the gate."""

    def __init__(self) -> None:
        self.open = threading.Event()

    def __call__(self, data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        while not self.open.wait(0.01):
            pass
        return plain(data, name=name, limits=limits)
