"""Jobs as the API and the command line use them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Self

from engine.domain.access import DEFAULT_TENANT
from engine.records import open_uploads
from engine.service import Engine
from engine.settings import Settings
from ingestion.connect import limits_of, target_of
from ingestion.jobs.ahead import Ahead, ParsedBlock, is_indexed
from ingestion.jobs.ledger import Ledger, new_id
from ingestion.jobs.locks import Locks
from ingestion.jobs.opening import Opener
from ingestion.jobs.outcome import Outcome
from ingestion.jobs.patience import Patience
from ingestion.jobs.pulse import Pulse
from ingestion.jobs.reembedding import change_index
from ingestion.jobs.runner import Runner, publish
from ingestion.jobs.shared_spool import SharedSpool
from ingestion.jobs.spool import Spool
from ingestion.jobs.system import System
from ingestion.jobs.turns import Turns
from ingestion.jobs.values import ACTIVE, PLACE, REINDEX, SITEMAP, UPLOAD, Job, JobSpec, JobState, SourceSpec, line_of
from ingestion.jobs.work import Step, Tools, Work
from ingestion.reembedding.service import Reembedding
from ingestion.sources import Readable, Source
from ingestion.sources.places import open_places
from ingestion.sources.web.fetch import Fetcher, FetchOptions
from ingestion.target import IngestOptions
from ingestion.workers.pool import NoPool, ParsePool, WorkerPool

__all__ = ["JobService", "open_ledger"]

_FOLLOW_S = 0.1


def open_ledger(settings: Settings) -> Ledger:
    """Return the record of the jobs over the data folder or the database that `settings` name."""
    return Ledger(_system(settings), stalled_after_s=settings.job_stalled_after_s)


def _system(settings: Settings) -> System:
    return System(settings.data_dir / "jobs", settings.database_url, connections=settings.database_connections)


class JobService:
    """Takes jobs, runs them in this process, and tells how they are; close it when done.

    `openers` add kinds of sources; `engines` returns the engine of a tenant, where there are several. Nothing is
    started before the first job, unless there may be some that another process left.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        *,
        pool: ParsePool | None = None,
        openers: Mapping[str, Opener] | None = None,
        engines: Callable[[str], Engine] | None = None,
        patience: Patience | None = None,
    ) -> None:
        folder = settings.data_dir / "jobs"
        limits = limits_of(settings)
        system = _system(settings)
        self.turns = Turns(Locks(system.url) if system.is_shared else None)
        self.pool = pool or _pool(settings)
        self._retention_s = settings.job_retention_days * 86_400
        self._ledger = Ledger(system, stalled_after_s=settings.job_stalled_after_s)
        self._system = system
        self._resources = ExitStack()
        self._spool = Spool(folder, limits=limits)
        if system.is_shared:
            shared = self._resources.enter_context(open_uploads(settings))
            self._spool = SharedSpool(folder, limits=limits, shared=shared)
        self._works_here = settings.job_concurrency > 0
        self._fetcher = self._resources.enter_context(Fetcher(FetchOptions.of(settings)))
        self._runner = Runner(system, self._perform, concurrency=settings.job_concurrency)
        self._engine = engines or (lambda _: engine)
        self._tools = Tools(
            target=lambda tenant, name: target_of(self._engine(tenant), name),
            openers={
                PLACE: self._open_place,
                SITEMAP: self._open_sitemap,
                UPLOAD: self._open_upload,
                REINDEX: lambda _: (Source(REINDEX, (), complete=True),),
                **(openers or {}),
            },
            pool=self.pool,
            turns=self.turns,
            limits=limits,
            patience=patience or Patience(),
        )

    def start(self) -> None:
        """Go on with what another process left unfinished, and sweep what nobody needs any more."""
        if self._system.exists:
            self._sweep()
            self._launch()

    def work(self) -> None:
        """Do jobs in this process from now on, those of other processes that are gone included."""
        self._runner.launch()

    def submit(self, spec: JobSpec, uploads: Sequence[Readable] = ()) -> Job:
        """Queue a job; the content of `uploads` is on disk when this returns."""
        job_id = new_id()
        if uploads:
            self._spool.receive(job_id, uploads)
            spec = replace(spec, sources=(*spec.sources, SourceSpec(UPLOAD, job_id)))
        self._launch()
        return self._ledger.submit(job_id, spec)

    def parsed(
        self, knowledge_base: str, source: str, files: Sequence[Readable], *, tenant: str = DEFAULT_TENANT
    ) -> ParsedBlock:
        """Parse files in the worker processes, for whoever ingests them at once instead of in a job."""
        options = IngestOptions(limits=self._tools.limits)
        current = partial(is_indexed, self._tools.target(tenant, knowledge_base), options, source)
        ahead = Ahead(self.pool, options, check=_nothing)
        try:
            return ahead.finish(ahead.start(files, fetch=_once, is_current=current), on_wait=_nothing)
        finally:
            ahead.close()

    def indexes(self, knowledge_base: str, *, tenant: str = DEFAULT_TENANT) -> Reembedding:
        """Return what builds and changes the indexes of a knowledge base."""
        turn = partial(self.turns.turn, line_of(tenant, knowledge_base))
        return Reembedding(self._engine(tenant), knowledge_base, turn)

    def unfinished(self, spec: JobSpec) -> Job | None:
        """Return the job that does just that and is not at its end, if there is one."""
        return next((job for job in self._ledger.jobs(states=ACTIVE) if job.spec == spec), None)

    def jobs(self, *, states: Collection[JobState] = (), knowledge_base: str = "", tenant: str = "") -> list[Job]:
        """Return the jobs in any of `states`, of a tenant and of a knowledge base, or all, the newest first."""
        return self._ledger.jobs(states=states, knowledge_base=knowledge_base, tenant=tenant)

    def job(self, job_id: str) -> Job:
        """Return a job; NotFound if there is none of that id."""
        return self._ledger.job(job_id)

    def follow(self, job_id: str) -> Iterator[Job]:
        """Yield the job again and again, up to its end."""
        while (job := self._ledger.job(job_id)).is_active:
            yield job
            time.sleep(_FOLLOW_S)
        yield job

    def cancel(self, job_id: str) -> Job:
        """Stop a job; what it has written stays. Conflict if it is at its end."""
        self._ledger.cancel(job_id)
        self._runner.stop(job_id)
        return self._ledger.job(job_id)

    def retry(self, job_id: str) -> Job:
        """Queue a new job for what failed of this one; Conflict if nothing did, or it is not at its end."""
        self._launch()
        return self._ledger.retry(job_id)

    def close(self) -> None:
        """Stop at once; unfinished jobs go on when the next service over the same folder starts."""
        self._runner.close()
        self.pool.close()
        self._resources.close()
        self._ledger.close()

    def _launch(self) -> None:
        """Do jobs in this process, unless that is left to others, for which the database is made ready at least."""
        if self._works_here:
            self._runner.launch()
        elif not self._system.exists:
            self._system.make()

    def _perform(self, job_id: str, spec: JobSpec, step: Step, stop: threading.Event) -> Outcome:
        pulse = Pulse(publish, partial(self._ledger.is_cancelled, job_id), stop)
        if spec.reembed:
            return change_index(spec.reembed, self.indexes(spec.knowledge_base, tenant=spec.tenant), pulse, step)
        outcome = Work(spec, self._tools, pulse, self._spool.work(job_id)).run(step)
        self._spool.finished(job_id)
        if not outcome.report.failed:
            for key in spec.uploads:
                self._spool.drop(key)
        return outcome

    def _open_upload(self, source: SourceSpec) -> Iterable[Source]:
        return (self._spool.open(source.location, name=UPLOAD),)

    def _open_place(self, source: SourceSpec) -> Iterable[Source]:
        return open_places([source.location], fetcher=self._fetcher)

    def _open_sitemap(self, source: SourceSpec) -> Iterable[Source]:
        return open_places((), fetcher=self._fetcher, sitemaps=[source.location])

    def _sweep(self) -> None:
        """Remove the records of jobs that ended long ago, and files that no job needs."""
        jobs = self._ledger.jobs()
        old = {job.id for job in jobs if not job.is_active and job.created_at < time.time() - self._retention_s}
        kept = [job for job in jobs if job.id not in old]
        self._ledger.delete(old)
        needed = {key for job in kept if job.state != JobState.DONE for key in job.spec.uploads}
        self._spool.sweep(uploads=needed, jobs={job.id for job in kept if job.is_active})


def _nothing() -> None:
    """Wait without doing anything."""


def _once(read: Callable[[], bytes]) -> bytes:
    return read()


def _pool(settings: Settings) -> ParsePool:
    if not settings.parse_workers:
        return NoPool()
    return WorkerPool(
        settings.parse_workers,
        time_limit_s=settings.parse_time_limit_s,
        memory_limit_mb=settings.parse_memory_mb,
    )
