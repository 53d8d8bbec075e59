"""Two jobs at once plus one with a file that hangs its parser, as every process sees them."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest

from engine.service import Engine
from engine.settings import Settings, load_settings
from ingestion.jobs.service import JobService, open_ledger
from ingestion.jobs.values import PLACE, JobSpec, JobState, SourceSpec
from ingestion.workers.pool import WorkerPool
from tests.unit.ingestion.jobs.conftest import Start
from tests.unit.ingestion.jobs.shop import write_files
from tests.unit.ingestion.workers.hooks import weird
from tests.waiting import until

STATES = [JobState.RUNNING, JobState.STALLED, JobState.QUEUED]


@pytest.fixture
def settings(place: Path) -> Settings:
    return load_settings(data_dir=place / "data", job_concurrency=3)


def _spec(folder: Path, name: str) -> JobSpec:
    return JobSpec(name, (SourceSpec(PLACE, str(folder / name)),))


@pytest.fixture
def sources(place: Path) -> Path:
    for name in ("one", "two", "stuck"):
        write_files(place / name, 25, text=f"Paragraph {{}} of {name}.")
    (place / "stuck" / "spin.txt").write_text("It never ends.")
    return place


def _wait(jobs: JobService, job_id: str, *states: JobState) -> None:
    until(lambda: jobs.job(job_id), lambda job: job.state in states)


def test_others_finish_and_a_cancel_ends_the_hanging_one_within_two_seconds(
    start: Start, sources: Path, settings: Settings, engine: Engine
) -> None:
    pool = WorkerPool(2, time_limit_s=120, parse=weird)
    jobs = start(pool)
    ids = {name: jobs.submit(_spec(sources, name)).id for name in ("stuck", "one", "two")}
    ledger = open_ledger(settings)  # what another process sees
    for name in ("one", "two"):
        _wait(jobs, ids[name], JobState.DONE)
    seen = {job.id: job for job in ledger.jobs()}
    assert {name: seen[ids[name]].state for name in ids} == {
        "stuck": JobState.RUNNING,
        "one": JobState.DONE,
        "two": JobState.DONE,
    }
    assert seen[ids["stuck"]].progress.phase in {"parsing", "writing"}  # its other files may be written
    began = time.monotonic()
    assert jobs.cancel(ids["stuck"]).state is JobState.CANCELLED
    assert time.monotonic() - began < 20  # two seconds on an idle machine; the hanging file takes 120
    assert not jobs._runner._running
    assert all(psutil.Process(pid).cpu_percent(0.1) < 50 for pid in pool.pids())
    assert ledger.job(ids["stuck"]).state is JobState.CANCELLED
    assert ledger.jobs(states=STATES) == []
    ledger.close()
    assert engine.parts.store.count("one") == engine.parts.store.count("two") == 25


def test_a_file_that_hangs_is_a_failure_and_the_rest_of_its_job_goes_on(start: Start, sources: Path) -> None:
    jobs = start(WorkerPool(2, time_limit_s=1.0, parse=weird))
    ids = {name: jobs.submit(_spec(sources, name)).id for name in ("stuck", "one", "two")}
    for job_id in ids.values():
        _wait(jobs, job_id, JobState.DONE, JobState.DONE_WITH_FAILURES)
    stuck = jobs.job(ids["stuck"])
    assert [(each.uri, each.error) for each in stuck.failures] == [
        ("spin.txt", "spin.txt took longer than 1 s to parse.")
    ]
    assert stuck.report is not None
    assert stuck.report.added == 25
    assert {jobs.job(ids[name]).state for name in ("one", "two")} == {JobState.DONE}
