from __future__ import annotations

import time
from pathlib import Path

import pytest

from engine.errors import BackendFailed, Conflict, NotFound
from engine.service import Engine
from engine.settings import Settings
from ingestion.jobs.service import JobService
from ingestion.jobs.values import UPLOAD, JobSpec, JobState
from ingestion.parsing import Limits
from ingestion.sources import MemoryFile
from ingestion.workers.pool import NoPool
from tests.unit.ingestion.jobs.conftest import Start
from tests.unit.ingestion.jobs.shop import write_files
from tests.unit.ingestion.jobs.waiting import Gate, end, spec_of, until
from tests.unit.ingestion.workers.hooks import plain


def test_a_job_comes_to_its_end_and_is_remembered(start: Start, place: Path, engine: Engine) -> None:
    write_files(place / "files", 3)
    jobs = start()
    job = jobs.submit(spec_of(place / "files"))
    assert job.state in (JobState.QUEUED, JobState.RUNNING)
    ended = end(jobs, job)
    assert ended.state is JobState.DONE
    assert ended.report is not None
    assert ended.report.added == 3
    assert (ended.progress.files, ended.progress.files_total) == (3, 3)
    assert ended.finished_at is not None
    assert engine.parts.store.count("kb") == 3
    assert jobs.jobs() == [ended]
    assert not list((place / "data" / "jobs" / "work").glob("*"))


@pytest.mark.sqlite
def test_nothing_is_started_before_there_is_a_job(start: Start, settings: Settings) -> None:
    jobs = start()
    assert jobs.jobs() == []
    with pytest.raises(NotFound):
        jobs.job("nothing")
    assert not (settings.data_dir / "jobs").exists()


def test_a_process_may_leave_its_jobs_to_others(settings: Settings, place: Path, engine: Engine, start: Start) -> None:
    write_files(place / "files", 2)
    with JobService(engine, settings.model_copy(update={"job_concurrency": 0})) as here:
        job = here.submit(spec_of(place / "files"))
        here.start()
        assert here.job(job.id).state is JobState.QUEUED
    there = start()
    there.work()
    assert end(there, job).state is JobState.DONE


def test_files_that_failed_are_listed_and_only_they_are_done_again(start: Start, place: Path) -> None:
    write_files(place / "files", 2)
    (place / "files" / "bad.txt").write_bytes(b"%broken")
    jobs = start()
    ended = end(jobs, jobs.submit(spec_of(place / "files")))
    assert ended.state is JobState.DONE_WITH_FAILURES
    assert [(each.uri, each.error, each.remedy) for each in ended.failures] == [
        ("bad.txt", "bad.txt is broken.", "Mend it.")
    ]
    (place / "files" / "bad.txt").write_text("Mended.")
    again = end(jobs, jobs.retry(ended.id))
    assert (again.spec.only, again.spec.retry_of, again.state) == (("bad.txt",), ended.id, JobState.DONE)
    assert again.report is not None
    assert (again.report.added, again.report.unchanged, again.report.deleted) == (1, 0, 0)
    assert [job.id for job in jobs.jobs()] == [again.id, ended.id]
    with pytest.raises(Conflict, match="Nothing failed"):
        jobs.retry(again.id)


def test_a_job_that_fails_as_a_whole_says_why(start: Start, place: Path) -> None:
    jobs = start()
    ended = end(jobs, jobs.submit(spec_of(place / "missing")))
    assert ended.state is JobState.FAILED
    assert isinstance(ended.error, NotFound)
    assert "missing" in ended.error.message
    assert ended.error.remedy
    write_files(place / "missing", 1)
    assert end(jobs, jobs.retry(ended.id)).state is JobState.DONE


def test_a_backend_that_stays_away_is_a_failed_job(
    start: Start, place: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise BackendFailed("The store is away.", remedy="Wait.")

    write_files(place / "files", 1)
    monkeypatch.setattr(engine.parts.store, "upsert", fails)
    ended = end(jobs := start(), jobs.submit(spec_of(place / "files")))
    assert (ended.state, str(ended.error)) == (JobState.FAILED, "The store is away. Wait.")


def test_an_error_that_nobody_foresaw_is_named_only(
    start: Start, place: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("the text of a document")

    write_files(place / "files", 1)
    monkeypatch.setattr(engine.parts.store, "upsert", fails)
    ended = end(jobs := start(), jobs.submit(spec_of(place / "files")))
    assert ended.state is JobState.FAILED
    assert "ZeroDivisionError" in str(ended.error)
    assert "document" not in str(ended.error)


def test_uploads_are_kept_until_their_job_is_done(start: Start, place: Path, engine: Engine) -> None:
    gate = Gate()
    jobs = start(NoPool(gate))
    job = jobs.submit(JobSpec("kb", ()), [MemoryFile("a.txt", b"One."), MemoryFile("b/c.txt", b"Two.")])
    spool = place / "data" / "jobs" / "uploads"
    assert len(list(spool.glob("*/0*"))) == 2
    gate.open.set()
    assert end(jobs, job).state is JobState.DONE
    assert list(spool.iterdir()) == []
    found = engine.parts.knowledge.documents("kb")
    assert [(each.uri, each.source) for each in found] == [("a.txt", UPLOAD), ("b/c.txt", UPLOAD)]


def test_uploads_that_failed_stay_to_be_done_again(start: Start, place: Path) -> None:
    jobs = start()
    ended = end(jobs, jobs.submit(JobSpec("kb", ()), [MemoryFile("a.txt", b"%broken"), MemoryFile("b.txt", b"B.")]))
    spool = place / "data" / "jobs" / "uploads"
    assert [folder.name for folder in spool.iterdir()] == [ended.id]
    again = end(jobs, jobs.retry(ended.id))
    assert [each.uri for each in again.failures] == ["a.txt"]


def test_jobs_of_one_knowledge_base_wait_for_each_other(start: Start, place: Path) -> None:
    write_files(place / "files", 1)
    gate = Gate()
    jobs = start(NoPool(gate, size=2))
    first, second = (jobs.submit(spec_of(place / "files")) for _ in range(2))
    other = jobs.submit(spec_of(place / "files", "other"))
    until(jobs, first, lambda job: job.progress.phase == "parsing")
    until(jobs, other, lambda job: job.progress.phase == "parsing")
    assert jobs.job(second.id).state is JobState.QUEUED
    assert {job.id for job in jobs.jobs(states=[JobState.RUNNING])} == {first.id, other.id}
    assert [job.id for job in jobs.jobs(knowledge_base="other")] == [other.id]
    gate.open.set()
    assert [end(jobs, each).state for each in (first, second, other)] == [JobState.DONE] * 3


def test_an_equal_job_that_is_unfinished_is_found(start: Start, place: Path) -> None:
    write_files(place / "files", 1)
    gate = Gate()
    jobs = start(NoPool(gate))
    job = jobs.submit(spec_of(place / "files"))
    found = jobs.unfinished(spec_of(place / "files"))
    assert found is not None
    assert found.id == job.id
    assert jobs.unfinished(spec_of(place / "others")) is None
    gate.open.set()
    end(jobs, job)
    assert jobs.unfinished(spec_of(place / "files")) is None


def test_old_jobs_and_what_nobody_needs_are_swept(start: Start, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = start()
    ended = end(jobs, jobs.submit(JobSpec("kb", ()), [MemoryFile("a.txt", b"%broken")]))
    jobs.close()
    folder = place / "data" / "jobs"
    for left in ("uploads/.half", "uploads/unknown", "work/unknown"):
        (folder / left).mkdir(parents=True)
    jobs = start()
    assert [each.name for each in (folder / "uploads").iterdir()] == [ended.id]
    assert list((folder / "work").iterdir()) == []
    assert len(jobs.jobs()) == 1
    jobs.close()
    now = time.time()
    monkeypatch.setattr("ingestion.jobs.service.time.time", lambda: now + 8 * 86_400)
    jobs = start()
    assert jobs.jobs() == []
    assert list((folder / "uploads").iterdir()) == []


def test_one_process_runs_the_jobs_of_a_folder(start: Start, place: Path, engine: Engine, settings: Settings) -> None:
    write_files(place / "files", 1)
    jobs = start()
    end(jobs, jobs.submit(spec_of(place / "files")))
    other = JobService(engine, settings, pool=NoPool(plain))
    with other, pytest.raises(Conflict, match="another data folder"):
        other.start()
    jobs.close()
    start()


def test_files_are_parsed_for_who_does_not_want_a_job(start: Start) -> None:
    parsed = start().parsed("kb", UPLOAD, [MemoryFile("a.txt", b"One."), MemoryFile("b.txt", b"%broken")])
    assert [file.uri for file in parsed.files] == ["a.txt", "b.txt"]
    assert parsed.parse(b"One.", name="a.txt", limits=Limits()).text == "One."
