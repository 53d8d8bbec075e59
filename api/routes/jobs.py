"""`/v1/jobs`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool

from api.following import EVENTS_EXAMPLE, job_stream
from api.openapi import problems, streamed
from api.permitted import check_permitted
from api.schemas.base import Identifier
from api.schemas.jobs import JobIn, JobOut, JobPageOut, JobsQuery
from api.state import EngineOf, JobsOf, SettingsOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])
JobId = Annotated[Identifier, Path(description="Id of a job.")]
STREAMED = {
    "description": "The events `progress`, and `done` at the end.",
    "content": streamed(EVENTS_EXAMPLE),
}


@router.get("", responses=problems())
def list_jobs(query: Annotated[JobsQuery, Query()], jobs: JobsOf) -> JobPageOut:
    """List the jobs, the newest first, page by page."""
    found = jobs.jobs(states=query.state, knowledge_base=query.knowledge_base or "")
    left = [job for job in found if query.cursor is None or job.id < query.cursor]
    items = tuple(map(JobOut.shown, left[: query.limit]))
    return JobPageOut(items=items, next_cursor=items[-1].id if len(left) > query.limit else None)


@router.post("", status_code=202, responses=problems(404, 413))
def submit_job(body: JobIn, engine: EngineOf, jobs: JobsOf, settings: SettingsOf) -> JobOut:
    """Queue a job that brings a knowledge base up to date with sources, or indexes it anew.

    Jobs of one knowledge base are done one after the other. A job outlives the server: it goes on when that is
    started again. Only folders and storages that the server's settings name may be read.
    """
    engine.parts.knowledge.knowledge_base(body.knowledge_base)
    for source in body.sources:
        check_permitted(source, settings.job_places)
    return JobOut.shown(jobs.submit(body.to_spec()))


@router.get("/{id}", responses=problems(404))
def show_job(id: JobId, jobs: JobsOf) -> JobOut:
    """Show how far a job is, and what failed so far."""
    return JobOut.shown(jobs.job(id))


@router.get("/{id}/events", response_class=EventSourceResponse, responses={200: STREAMED, **problems(404)})
async def follow_job(
    id: JobId,
    jobs: JobsOf,
    request: Request,
    last_event_id: Annotated[str, Header(description="Sent by browsers that connect again.")] = "",
) -> EventSourceResponse:
    """Follow a job: `progress` whenever something changed, `done` at its end, both with the whole job.

    Who connects again gets the present state at once, unless it is what was sent last.
    """
    first = await run_in_threadpool(jobs.job, id)
    return job_stream(jobs, first, instance=request.url.path, seen=last_event_id)


@router.post("/{id}/cancel", responses=problems(404, 409))
def cancel_job(id: JobId, jobs: JobsOf) -> JobOut:
    """Stop a job, within two seconds; what it has written stays."""
    return JobOut.shown(jobs.cancel(id))


@router.post("/{id}/retry", status_code=202, responses=problems(404, 409))
def retry_job(id: JobId, jobs: JobsOf) -> JobOut:
    """Queue a new job for the files that failed, or for all if the job failed as a whole or was cancelled."""
    return JobOut.shown(jobs.retry(id))
