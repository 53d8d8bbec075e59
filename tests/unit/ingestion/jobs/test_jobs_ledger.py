"""What the record says of a job, from what DBOS says of its workflow."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine.errors import BackendFailed, Conflict, NotFound
from ingestion.jobs.ledger import Ledger
from ingestion.jobs.outcome import Outcome
from ingestion.jobs.system import System
from ingestion.jobs.values import PLACE, Job, JobProgress, JobSpec, JobState, SourceSpec
from ingestion.report import Failure, IngestReport

NOW = 1_750_000_100.0
SPEC = JobSpec("kb", (SourceSpec(PLACE, "/a"),))
REPORT = IngestReport(2, 0, 1, 0, 1, 6, (Failure("bad.txt", "Broken.", "Mend it."),), 1.0, 0.5)
CLEAN = IngestReport(2, 0, 1, 0, 0, 6, (), 1.0, 0.5)


class _Client:
    """Stands in for DBOS: workflows, their progress, their steps."""

    def __init__(self) -> None:
        self.workflows: dict[str, Any] = {}
        self.progress: dict[str, str] = {}
        self.steps: list[dict[str, object]] = []
        self.enqueued: list[tuple[dict[str, Any], str]] = []
        self.closed = 0

    def add(self, job_id: str, status: str, *, output: str = "", error: Exception | None = None) -> None:
        self.workflows[job_id] = SimpleNamespace(
            workflow_id=job_id,
            status=status,
            input={"args": (SPEC.to_json(),), "kwargs": {}},
            output=output,
            error=error,
            created_at=1_750_000_000_000,
            updated_at=1_750_000_010_000,
            dequeued_at=None if status == "ENQUEUED" else 1_750_000_005_000,
            completed_at=None if status in ("ENQUEUED", "PENDING") else 1_750_000_050_000,
        )

    def list_workflows(self, *, workflow_ids: list[str] | None = None, **_: object) -> list[Any]:
        return [each for key, each in self.workflows.items() if workflow_ids is None or key in workflow_ids]

    def list_workflow_steps(self, job_id: str) -> list[dict[str, object]]:
        return self.steps

    def get_event(self, job_id: str, key: str, timeout_seconds: float) -> str | None:
        assert timeout_seconds == 0
        return self.progress.get(job_id)

    def cancel_workflow(self, job_id: str) -> None:
        self.workflows[job_id].status = "CANCELLED"

    def delete_workflows(self, job_ids: list[str]) -> None:
        for job_id in job_ids:
            del self.workflows[job_id]

    def enqueue(self, options: dict[str, Any], spec: str) -> None:
        self.enqueued.append((options, spec))
        self.add(options["workflow_id"], "ENQUEUED")
        self.workflows[options["workflow_id"]].input = {"args": (spec,), "kwargs": {}}

    def destroy(self) -> None:
        self.closed += 1


@pytest.fixture
def client() -> _Client:
    return _Client()


@pytest.fixture
def ledger(tmp_path: Path, client: _Client) -> Ledger:
    system = System(tmp_path)
    system.prepare()
    system.made()
    made = Ledger(system, stalled_after_s=30, clock=lambda: NOW)
    made.__dict__["_client"] = client
    return made


def _only(ledger: Ledger) -> Job:
    (job,) = ledger.jobs()
    return job


def test_a_queued_job(ledger: Ledger, client: _Client) -> None:
    client.add("1", "ENQUEUED")
    job = _only(ledger)
    assert (job.state, job.spec, job.created_at) == (JobState.QUEUED, SPEC, 1_750_000_000.0)
    assert (job.started_at, job.finished_at) == (None, None)


@pytest.mark.parametrize(("beat", "state"), [(NOW - 29, JobState.RUNNING), (NOW - 31, JobState.STALLED)])
def test_a_running_job_gives_signs_of_life(ledger: Ledger, client: _Client, beat: float, state: JobState) -> None:
    client.add("1", "PENDING")
    client.progress["1"] = JobProgress(files=3, phase="writing", beat=beat).to_json()
    assert (_only(ledger).state, _only(ledger).progress.files) == (state, 3)


def test_a_job_that_was_just_begun_is_not_stalled(ledger: Ledger, client: _Client) -> None:
    client.add("1", "PENDING")
    assert _only(ledger).state is JobState.STALLED  # begun 90 s ago, and not a sign since
    client.workflows["1"].updated_at = int(1000 * (NOW - 5))
    assert _only(ledger).state is JobState.RUNNING


@pytest.mark.parametrize(("report", "state"), [(CLEAN, JobState.DONE), (REPORT, JobState.DONE_WITH_FAILURES)])
def test_a_job_at_its_end(ledger: Ledger, client: _Client, report: IngestReport, state: JobState) -> None:
    client.add("1", "SUCCESS", output=Outcome(report, pages=7).to_json())
    job = _only(ledger)
    assert (job.state, job.report, job.finished_at) == (state, report, 1_750_000_050.0)
    assert (job.progress.files, job.progress.files_total, job.progress.pages) == (3 + report.failed,) * 2 + (7,)
    assert job.failures == report.failures


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        ("ERROR", Conflict("Another model.", remedy="Set it back."), "Another model. Set it back."),
        ("ERROR", ValueError("the text of a document"), "The job failed (ValueError). See the log, then retry it."),
        ("ERROR", None, "The job failed (NoneType). See the log, then retry it."),
        (
            "MAX_RECOVERY_ATTEMPTS_EXCEEDED",
            None,
            "The process ended each time that the job was begun. See the log, then retry.",
        ),
    ],
)
def test_a_job_that_failed_says_why(
    ledger: Ledger, client: _Client, status: str, error: Exception | None, said: str
) -> None:
    client.add("1", status, error=error)
    job = _only(ledger)
    assert (job.state, str(job.error)) == (JobState.FAILED, said)
    assert isinstance(job.error, Conflict if isinstance(error, Conflict) else BackendFailed)


def test_a_job_tells_what_its_finished_steps_did(ledger: Ledger, client: _Client) -> None:
    client.add("1", "CANCELLED")
    client.steps = [
        {"function_name": "plan", "output": '{"blocks": []}'},
        {"function_name": "block 0", "output": Outcome(REPORT).to_json()},
        {"function_name": "block 1", "output": Outcome(CLEAN).to_json()},
        {"function_name": "block 2", "output": None},
    ]
    job = ledger.job("1")
    assert job.state is JobState.CANCELLED
    assert job.report is not None
    assert (job.report.added, job.report.failed) == (4, 1)
    assert _only(ledger).report is None  # a list does not look at steps


def test_jobs_are_told_apart_by_state_and_knowledge_base(ledger: Ledger, client: _Client) -> None:
    for number, status in enumerate(("ENQUEUED", "PENDING", "CANCELLED", "ENQUEUED")):
        client.add(str(number), status)
    assert [job.id for job in ledger.jobs()] == ["3", "2", "1", "0"]
    assert [job.id for job in ledger.jobs(states=[JobState.QUEUED])] == ["3", "0"]
    assert ledger.jobs(knowledge_base="other") == []
    assert len(ledger.jobs(knowledge_base="kb", states=[JobState.CANCELLED, JobState.STALLED])) == 2


def test_a_job_that_is_not_there(ledger: Ledger) -> None:
    for call in (ledger.job, ledger.cancel, ledger.retry):
        with pytest.raises(NotFound) as failure:
            call("nothing")
        assert failure.value.remedy


def test_cancelling(ledger: Ledger, client: _Client) -> None:
    client.add("1", "ENQUEUED")
    assert not ledger.is_cancelled("1")
    assert ledger.cancel("1").state is JobState.CANCELLED
    assert ledger.is_cancelled("1")
    assert ledger.is_cancelled("deleted meanwhile")
    with pytest.raises(Conflict, match="at its end"):
        ledger.cancel("1")


def test_a_submitted_job_waits_in_the_line_of_its_knowledge_base(ledger: Ledger, client: _Client) -> None:
    assert ledger.submit("1", SPEC).spec == SPEC
    ((options, spec),) = client.enqueued
    assert (options["workflow_id"], options["queue_partition_key"]) == ("1", "kb")
    assert JobSpec.from_json(spec) == SPEC


def test_what_failed_is_queued_again(ledger: Ledger, client: _Client) -> None:
    client.add("1", "SUCCESS", output=Outcome(REPORT).to_json())
    client.add("2", "ERROR", error=BackendFailed("Away."))
    assert (ledger.retry("1").spec.only, ledger.retry("1").spec.retry_of) == (("bad.txt",), "1")
    assert (ledger.retry("2").spec.only, ledger.retry("2").spec.retry_of) == ((), "2")


@pytest.mark.parametrize(("status", "output"), [("SUCCESS", Outcome(CLEAN).to_json()), ("PENDING", "")])
def test_what_did_not_fail_is_not(ledger: Ledger, client: _Client, status: str, output: str) -> None:
    client.add("1", status, output=output)
    with pytest.raises(Conflict) as failure:
        ledger.retry("1")
    assert failure.value.remedy
    assert client.enqueued == []


def test_records_are_deleted_and_the_connection_closed_once(ledger: Ledger, client: _Client) -> None:
    client.add("1", "CANCELLED")
    ledger.delete(["1"])
    assert ledger.jobs() == []
    ledger.close()
    ledger.close()
    assert client.closed == 1
