"""The record of all jobs: what any process may read and change, whether or not one runs that does the work."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from engine.errors import BackendFailed, Conflict, EngineError
from engine.missing import no_job
from ingestion.jobs.outcome import Outcome
from ingestion.jobs.system import VERSION, WORKFLOW, System, silence
from ingestion.jobs.values import Job, JobProgress, JobSpec, JobState
from ingestion.jobs.work import PLAN
from ingestion.report import IngestReport, summed

if TYPE_CHECKING:
    from dbos import DBOSClient, StepInfo, WorkflowStatus

__all__ = ["PROGRESS", "Ledger", "new_id"]

PROGRESS = "progress"  # name of the event that carries it
_GONE = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"


class Ledger:
    """Reads and changes the jobs of one data folder.

    A job whose process gave no sign of life for `stalled_after_s` is stalled.
    """

    def __init__(
        self, system: System, *, stalled_after_s: float = 30.0, clock: Callable[[], float] = time.time
    ) -> None:
        self._system = system
        self._stalled_after_s = stalled_after_s
        self._clock = clock

    def submit(self, job_id: str, spec: JobSpec) -> Job:
        """Queue a job; those of one knowledge base are done one after the other."""
        self._client.enqueue(
            {
                "queue_name": self._system.name,
                "queue_partition_key": spec.line,
                "workflow_name": WORKFLOW,
                "workflow_id": job_id,
                "app_version": VERSION,
            },
            spec.to_json(),
        )
        return self.job(job_id)

    def jobs(self, *, states: Collection[JobState] = (), knowledge_base: str = "", tenant: str = "") -> list[Job]:
        """Return the jobs in any of `states`, of a tenant and of a knowledge base, or all, the newest first."""
        if not self._system.exists:
            return []
        found = (self._job(status) for status in self._client.list_workflows(name=WORKFLOW))
        wanted = (
            job
            for job in found
            if (not states or job.state in states)
            and knowledge_base in ("", job.spec.knowledge_base)
            and tenant in ("", job.spec.tenant)
        )
        return sorted(wanted, key=lambda job: job.id, reverse=True)

    def job(self, job_id: str) -> Job:
        """Return a job with the report of what it has done so far; NotFound if there is none of that id."""
        found = self._client.list_workflows(workflow_ids=[job_id], name=WORKFLOW) if self._system.exists else []
        if not found:
            raise no_job(job_id)
        job = self._job(found[0])
        return job if job.report else replace(job, report=self._so_far(job_id))

    def is_cancelled(self, job_id: str) -> bool:
        """Tell whether somebody cancelled the job."""
        found = self._client.list_workflows(workflow_ids=[job_id], load_input=False, load_output=False)
        return not found or found[0].status == "CANCELLED"

    def cancel(self, job_id: str) -> Job:
        """Record that a job is not wanted any more; Conflict if it is at its end."""
        job = self.job(job_id)
        if not job.is_active:
            raise Conflict(f"Job {job_id} is at its end ({job.state}).", remedy="Only others can be cancelled.")
        self._client.cancel_workflow(job_id)
        return self.job(job_id)

    def retry(self, job_id: str) -> Job:
        """Queue a new job for what failed of one; Conflict if nothing did, or it is not at its end."""
        return self.submit(new_id(), _retry_of(self.job(job_id)))

    def delete(self, job_ids: Iterable[str]) -> None:
        """Remove the records of jobs."""
        self._client.delete_workflows(list(job_ids))

    def close(self) -> None:
        """Close the connection; it is opened again when it is needed."""
        if "_client" in self.__dict__:
            self._client.destroy()
            del self.__dict__["_client"]

    @cached_property
    def _client(self) -> DBOSClient:
        silence()
        from dbos import DBOSClient

        return DBOSClient(system_database_url=self._system.url, application_name=self._system.name)

    def _job(self, status: WorkflowStatus) -> Job:
        job = Job(
            id=status.workflow_id,
            spec=JobSpec.from_json(status.input["args"][0] if status.input else ""),
            state=JobState.QUEUED,
            created_at=(status.created_at or 0) / 1000,
            started_at=status.dequeued_at / 1000 if status.dequeued_at else None,
            finished_at=status.completed_at / 1000 if status.completed_at else None,
        )
        if status.status in ("ENQUEUED", "DELAYED"):
            return job
        if status.status == "SUCCESS":
            outcome = Outcome.from_json(status.output or "")
            state = JobState.DONE_WITH_FAILURES if outcome.report.failed else JobState.DONE
            return replace(job, state=state, report=outcome.report, progress=outcome.progress)
        job = replace(job, progress=self._progress(job.id))
        if status.status == "PENDING":
            return replace(job, state=self._running(job, (status.updated_at or 0) / 1000))
        if status.status == "CANCELLED":
            return replace(job, state=JobState.CANCELLED)
        return replace(job, state=JobState.FAILED, error=_explained(status))

    def _progress(self, job_id: str) -> JobProgress:
        found = self._client.get_event(job_id, PROGRESS, timeout_seconds=0)
        return JobProgress.from_json(found) if found else JobProgress()

    def _running(self, job: Job, updated_at: float) -> JobState:
        last = max(job.progress.beat, updated_at)
        return JobState.RUNNING if self._clock() - last < self._stalled_after_s else JobState.STALLED

    def _so_far(self, job_id: str) -> IngestReport:
        """Return the sum of what the steps reported that are done."""
        steps = self._client.list_workflow_steps(job_id)
        return summed(Outcome.from_json(str(each["output"])).report for each in steps if _is_report(each))


def new_id() -> str:
    """Return an id for a job; ids sort by time."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}"


def _is_report(step: StepInfo) -> bool:
    return step["function_name"] != PLAN and isinstance(step["output"], str)


def _retry_of(job: Job) -> JobSpec:
    """Return the job that does again what failed of this one."""
    if job.is_active:
        raise Conflict(f"Job {job.id} is {job.state}.", remedy="Wait for its end, or cancel it first.")
    if job.state is JobState.DONE:
        raise Conflict(f"Nothing failed in job {job.id}.", remedy="Submit a new job to ingest again.")
    if job.state is JobState.DONE_WITH_FAILURES:
        failed = tuple(failure.uri for failure in job.failures)
        return replace(job.spec, only=failed, rebuild=False, retry_of=job.id)
    return replace(job.spec, retry_of=job.id)


def _explained(status: WorkflowStatus) -> EngineError:
    """Return why a job failed; foreign errors may quote anything, so they are only named."""
    if status.status == _GONE:
        return BackendFailed("The process ended each time that the job was begun.", remedy="See the log, then retry.")
    if isinstance(status.error, EngineError):
        return status.error
    return BackendFailed(f"The job failed ({type(status.error).__name__}).", remedy="See the log, then retry it.")
