"""The jobs of one tenant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from engine.missing import no_job
from ingestion.jobs.ahead import ParsedBlock
from ingestion.jobs.service import JobService
from ingestion.jobs.turns import Turns
from ingestion.jobs.values import Job, JobSpec, JobState, line_of
from ingestion.reembedding.service import Reembedding
from ingestion.sources import Readable

__all__ = ["TenantJobs"]


@dataclass(frozen=True, slots=True)
class TenantJobs:
    """Takes and tells jobs for one tenant, as if there were no others; see `JobService`."""

    service: JobService
    tenant: str

    @property
    def turns(self) -> Turns:
        """The lines of writers, by `line`."""
        return self.service.turns

    def line(self, knowledge_base: str) -> str:
        """Return the line in which writers to a knowledge base wait."""
        return line_of(self.tenant, knowledge_base)

    def submit(self, spec: JobSpec, uploads: Sequence[Readable] = ()) -> Job:
        """Queue a job; the content of `uploads` is on disk when this returns."""
        return self.service.submit(replace(spec, tenant=self.tenant), uploads)

    def parsed(self, knowledge_base: str, source: str, files: Sequence[Readable]) -> ParsedBlock:
        """Parse files in the worker processes, for whoever ingests them at once instead of in a job."""
        return self.service.parsed(knowledge_base, source, files, tenant=self.tenant)

    def jobs(self, *, states: Collection[JobState] = (), knowledge_base: str = "") -> list[Job]:
        """Return the jobs in any of `states` and of a knowledge base, or all, the newest first."""
        return self.service.jobs(states=states, knowledge_base=knowledge_base, tenant=self.tenant)

    def indexes(self, knowledge_base: str) -> Reembedding:
        """Return what builds and changes the indexes of a knowledge base."""
        return self.service.indexes(knowledge_base, tenant=self.tenant)

    def job(self, job_id: str) -> Job:
        """Return a job; NotFound if there is none of that id."""
        job = self.service.job(job_id)
        if job.spec.tenant != self.tenant:
            raise no_job(job_id)
        return job

    def cancel(self, job_id: str) -> Job:
        """Stop a job; what it has written stays. Conflict if it is at its end."""
        return self.service.cancel(self.job(job_id).id)

    def retry(self, job_id: str) -> Job:
        """Queue a new job for what failed of this one; Conflict if nothing did, or it is not at its end."""
        return self.service.retry(self.job(job_id).id)
