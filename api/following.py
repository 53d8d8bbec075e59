"""Jobs as server-sent events."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Final

import anyio
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from api.problems import problem_of
from api.schemas.jobs import JobOut
from engine.errors import EngineError
from ingestion.jobs.tenant import TenantJobs
from ingestion.jobs.values import Job

__all__ = ["EVENTS_EXAMPLE", "job_stream"]

EVENTS_EXAMPLE: Final = (
    'event: progress\nid: 3f2a…\ndata: {"id": "…", "state": "running", "progress": {"files": 120, …}}\n\n'
    'event: done\nid: 9c01…\ndata: {"id": "…", "state": "done", "report": {…}}\n\n'
)
LOOK_S: Final = 0.5  # between two looks at the job


def job_stream(jobs: TenantJobs, first: Job, *, instance: str, seen: str = "") -> EventSourceResponse:
    """Send the job whenever it changed, from `first` on, until its end; `seen` is the id of the last event received."""
    return EventSourceResponse(_events(jobs, first, instance, seen))


async def _events(jobs: TenantJobs, job: Job, instance: str, seen: str) -> AsyncIterator[ServerSentEvent]:
    while True:
        data = JobOut.shown(job).model_dump_json()
        key = hashlib.blake2b(data.encode(), digest_size=8).hexdigest()
        if key != seen or not job.is_active:
            yield ServerSentEvent(data, event="progress" if job.is_active else "done", id=key)
        if not job.is_active:
            return
        seen = key
        await anyio.sleep(LOOK_S)
        try:
            job = await run_in_threadpool(jobs.job, job.id)
        except EngineError as error:
            yield ServerSentEvent(problem_of(error, instance).model_dump_json(), event="error")
            return
