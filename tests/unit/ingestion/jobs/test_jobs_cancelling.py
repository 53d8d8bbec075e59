from __future__ import annotations

import time
from pathlib import Path

import pytest

from engine.domain.knowledge import ParsedDocument
from engine.errors import Conflict
from engine.service import Engine
from engine.settings import Settings
from ingestion.jobs.service import open_ledger
from ingestion.jobs.values import JobState
from ingestion.parsing import Limits
from ingestion.workers.pool import NoPool
from tests.unit.ingestion.jobs.conftest import Start
from tests.unit.ingestion.jobs.shop import write_files
from tests.unit.ingestion.jobs.waiting import Gate, end, spec_of, until
from tests.unit.ingestion.workers.hooks import plain


def test_a_running_job_is_cancelled_at_once(start: Start, place: Path, engine: Engine) -> None:
    write_files(place / "files", 30)

    def slow(data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        time.sleep(0.1)
        return plain(data, name=name, limits=limits)

    jobs = start(NoPool(slow))
    job = jobs.submit(spec_of(place / "files"))
    until(jobs, job, lambda found: found.progress.phase == "parsing")
    began = time.monotonic()
    cancelled = jobs.cancel(job.id)
    assert time.monotonic() - began < 2
    assert cancelled.state is JobState.CANCELLED
    assert cancelled.finished_at is not None
    with pytest.raises(Conflict, match="at its end"):
        jobs.cancel(job.id)
    again = end(jobs, jobs.retry(job.id))
    assert again.state is JobState.DONE
    assert engine.parts.store.count("kb") == 30


def test_a_queued_job_is_cancelled_and_never_begins(start: Start, place: Path, engine: Engine) -> None:
    write_files(place / "files", 1)
    gate = Gate()
    jobs = start(NoPool(gate))
    first, second = jobs.submit(spec_of(place / "files")), jobs.submit(spec_of(place / "other"))
    assert jobs.cancel(second.id).state is JobState.CANCELLED
    gate.open.set()
    assert end(jobs, first).state is JobState.DONE
    assert jobs.job(second.id).state is JobState.CANCELLED


def test_another_process_may_cancel(start: Start, place: Path, settings: Settings) -> None:
    write_files(place / "files", 30)

    def slow(data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        time.sleep(0.1)
        return plain(data, name=name, limits=limits)

    jobs = start(NoPool(slow))
    job = jobs.submit(spec_of(place / "files"))
    until(jobs, job, lambda found: found.progress.phase == "parsing")
    ledger = open_ledger(settings)
    assert [each.state for each in ledger.jobs()] == [JobState.RUNNING]
    assert ledger.cancel(job.id).state is JobState.CANCELLED
    ledger.close()
    began = time.monotonic()
    while jobs._runner._running:
        assert time.monotonic() - began < 2
        time.sleep(0.01)


def test_a_service_that_ends_leaves_its_jobs_to_the_next(start: Start, place: Path, engine: Engine) -> None:
    write_files(place / "files", 45)
    calls: list[str] = []

    def stuck(data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        calls.append(name)
        if name > "025.txt":
            time.sleep(0.05)
        return plain(data, name=name, limits=limits)

    jobs = start(NoPool(stuck))
    job = jobs.submit(spec_of(place / "files"))
    until(jobs, job, lambda found: found.progress.files >= 20)
    jobs.close()
    before = len(calls)
    assert 20 <= before < 45
    jobs = start()
    ended = end(jobs, job)
    assert ended.state is JobState.DONE
    assert ended.report is not None
    assert ended.report.added == 45
    assert engine.parts.store.count("kb") == 45


def test_a_job_without_a_sign_of_life_is_stalled(start: Start, place: Path, settings: Settings) -> None:
    write_files(place / "files", 1)
    gate = Gate()
    jobs = start(NoPool(gate))
    job = jobs.submit(spec_of(place / "files"))
    until(jobs, job, lambda found: found.progress.phase == "parsing")
    jobs._ledger._clock = lambda: time.time() + settings.job_stalled_after_s
    assert jobs.job(job.id).state is JobState.STALLED
    assert jobs.job(job.id).is_active
    gate.open.set()
    assert end(jobs, job).state is JobState.DONE
