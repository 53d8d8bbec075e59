from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import ValidationError
from sse_starlette import ServerSentEvent

import api.following
from api.following import _events
from api.schemas.jobs import JobIn, JobOut
from engine.domain.knowledge import DocumentKind
from engine.errors import Conflict, NotFound
from ingestion.jobs.tenant import TenantJobs
from ingestion.jobs.values import PLACE, REINDEX, SITEMAP, Job, JobProgress, JobSpec, JobState, SourceSpec
from ingestion.report import Failure, IngestReport
from ingestion.sources import SourceNotes

SPEC = JobSpec("kb", (SourceSpec(PLACE, "/a"),), retry_of="before")
REPORT = IngestReport(1, 2, 3, 4, 1, 6, (Failure("a", "Broken.", "Mend it."),), 1.0, 0.5)
RUNNING = Job("1", SPEC, JobState.RUNNING, 1_750_000_000.5, progress=JobProgress(files=1, files_total=4, beat=1e9))


def test_what_is_asked_for_becomes_a_job() -> None:
    body = {
        "knowledge_base": "kb",
        "sources": [
            {
                "kind": "folder",
                "location": "/a",
                "document_kind": "faq",
                "tags": ["x"],
                "effective_until": "2026-01-31",
            },
            {"kind": "sitemap", "location": "https://a.example/sitemap.xml"},
            {"kind": "storage", "location": "s3://b/c"},
        ],
    }
    notes = SourceNotes(DocumentKind.FAQ, ("x",), None, date(2026, 1, 31))
    assert JobIn.model_validate(body).to_spec() == JobSpec(
        "kb",
        (
            SourceSpec(PLACE, "/a", notes),
            SourceSpec(SITEMAP, "https://a.example/sitemap.xml"),
            SourceSpec(PLACE, "s3://b/c"),
        ),
    )


def test_indexing_anew_is_a_job_without_sources() -> None:
    spec = JobIn.model_validate({"knowledge_base": "kb", "reindex": True}).to_spec()
    assert spec == JobSpec("kb", (SourceSpec(REINDEX, ""),), rebuild=True)


@pytest.mark.parametrize(
    "body",
    [
        {"knowledge_base": "kb"},
        {"knowledge_base": "kb", "reindex": True, "sources": [{"kind": "url", "location": "https://a.example"}]},
        {"knowledge_base": "kb", "sources": [{"kind": "upload", "location": "key"}]},
        {"knowledge_base": "kb", "sources": [{"kind": "folder", "location": "a\nb"}]},
        {"knowledge_base": "kb", "sources": [{"kind": "folder", "location": ""}]},
        {"knowledge_base": "kb", "sources": [{"kind": "folder", "location": "/a"}] * 101},
        {"knowledge_base": "kb", "reindex": True, "rebuild": True},
    ],
)
def test_what_cannot_be_asked_for(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        JobIn.model_validate(body)


def test_a_running_job_is_shown() -> None:
    shown = JobOut.shown(RUNNING)
    assert (shown.id, shown.knowledge_base, shown.state, shown.retry_of) == ("1", "kb", "running", "before")
    assert shown.created_at == datetime(2025, 6, 15, 15, 6, 40, 500_000, UTC)
    assert (shown.finished_at, shown.report, shown.error, shown.remedy) == (None, None, "", "")
    assert (shown.progress.files, shown.progress.files_total) == (1, 4)
    assert "beat" not in shown.model_dump()["progress"]


def test_an_ended_job_is_shown() -> None:
    error = Conflict("Another model.", remedy="Set it back.")
    job = Job("1", SPEC, JobState.FAILED, 1.0, 2.0, 3.0, report=REPORT, error=error)
    shown = JobOut.shown(job)
    assert (shown.error, shown.remedy) == ("Another model.", "Set it back.")
    assert shown.finished_at == datetime.fromtimestamp(3.0, UTC)
    assert shown.report is not None
    assert shown.report.failures[0].uri == "a"


def _follow(monkeypatch: pytest.MonkeyPatch, jobs: list[Job | Exception], *, seen: str = "") -> list[ServerSentEvent]:
    """Return the events of a job that looks like this, look after look."""
    left = jobs[1:]

    def look(_: str) -> Job:
        found = left.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    async def collected(events: AsyncIterator[ServerSentEvent]) -> list[ServerSentEvent]:
        return [event async for event in events]

    monkeypatch.setattr(api.following, "LOOK_S", 0.0)
    service = cast("TenantJobs", SimpleNamespace(job=look))
    return asyncio.run(collected(_events(service, cast("Job", jobs[0]), "/v1/jobs/1/events", seen)))


def _job(files: int, state: JobState = JobState.RUNNING) -> Job:
    return Job("1", SPEC, state, 1.0, progress=JobProgress(files=files, files_total=4))


def test_only_changes_are_sent_and_the_end_always(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = _follow(monkeypatch, [_job(1), _job(1), _job(2), _job(2), _job(4, JobState.DONE)])
    assert [event.event for event in sent] == ["progress", "progress", "done"]
    assert len({event.id for event in sent}) == 3


def test_what_was_received_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = _follow(monkeypatch, [_job(1), _job(4, JobState.DONE)])
    assert first[0].id is not None
    again = _follow(monkeypatch, [_job(1), _job(4, JobState.DONE)], seen=first[0].id)
    assert [event.event for event in again] == ["done"]
    assert first[1].id is not None
    assert len(_follow(monkeypatch, [_job(4, JobState.DONE)], seen=first[1].id)) == 1


def test_a_job_that_vanishes_ends_the_stream_with_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = _follow(monkeypatch, [_job(1), NotFound("There is no job 1.", remedy="See the list.")])
    assert [event.event for event in sent] == ["progress", "error"]
    assert "/problems/not-found" in str(sent[1].data)
