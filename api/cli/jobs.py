"""`knowdesk jobs`: list, show, cancel and retry ingestion jobs, or do them."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import complain, print_table
from api.cli.session import Session
from engine.errors import Conflict, Misconfigured

if TYPE_CHECKING:
    from ingestion.jobs.ledger import Ledger
    from ingestion.jobs.values import Job, JobProgress

__all__ = ["app"]

app = typer.Typer(help="List, show, cancel, retry or do ingestion jobs.", no_args_is_help=True)
JobId = Annotated[str, typer.Argument(metavar="ID", help="Id of the job, as `jobs list` shows it.")]


@app.command("list")
@in_session
def list_(
    session: Session,
    *,
    kb: Annotated[str, typer.Option("--kb", metavar="NAME", help="Only of this knowledge base.")] = "",
    state: Annotated[
        list[str] | None, typer.Option(help="Only in this state, such as running or failed; repeatable.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many, the newest first.")] = 50,
) -> None:
    """List the jobs, the newest first, also while a server runs them."""
    from api.schemas.jobs import JobOut
    from ingestion.jobs.values import JobState

    known = [each.value for each in JobState]
    if wrong := set(state or ()) - set(known):
        raise typer.BadParameter(f"There is no state {min(wrong)}; there are: {', '.join(known)}.")
    with _ledger(session) as ledger:
        found = ledger.jobs(states=[JobState(each) for each in state or ()], knowledge_base=kb)[:limit]
    session.publish(
        {"items": [JobOut.shown(job).model_dump(mode="json") for job in found]},
        lambda: print_table(("Id", "State", "Knowledge base", "Files", "Failed", "Chunks", "Left"), map(_row, found)),
    )


@app.command()
@in_session
def show(session: Session, *, id: JobId) -> None:
    """Show how far a job is, and what failed of it."""
    with _ledger(session) as ledger:
        _tell(ledger.job(id), session)


@app.command()
@in_session
def cancel(session: Session, *, id: JobId) -> None:
    """Stop a job, whatever process runs it; what it has written stays."""
    with _ledger(session) as ledger:
        _tell(ledger.cancel(id), session)


@app.command()
@in_session
def retry(session: Session, *, id: JobId) -> None:
    """Do again what failed of a job: in the server if one runs, else here and now."""
    from api.cli.progress import ended
    from ingestion.jobs.service import JobService

    try:
        settings = session.settings()
        with session.engine(settings) as engine, JobService(engine, settings) as jobs:
            job = ended(jobs, jobs.retry(id))
    except Conflict:
        with _ledger(session) as ledger:
            job = ledger.retry(id)
    _tell(job, session)
    if job.failures or job.error:
        raise typer.Exit(1)


@app.command()
@in_session
def work(session: Session) -> None:
    """Do jobs until stopped, without serving: one of several processes over a database and a Qdrant server."""
    from ingestion.jobs.service import JobService

    settings = session.settings()
    if not settings.job_concurrency:
        raise Misconfigured("This process may do no jobs.", remedy="Set KNOWDESK_JOB_CONCURRENCY to at least 1.")
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    with session.engine(settings) as engine, JobService(engine, settings) as jobs:
        jobs.work()
        typer.echo("Jobs are done here; stop with Ctrl-C.", err=True)
        ending.wait()


@contextmanager
def _ledger(session: Session) -> Iterator[Ledger]:
    from ingestion.jobs.service import open_ledger

    ledger = open_ledger(session.settings())
    try:
        yield ledger
    finally:
        ledger.close()


def _tell(job: Job, session: Session) -> None:
    from api.schemas.jobs import JobOut

    session.publish(JobOut.shown(job), lambda: _show(job))


def _show(job: Job) -> None:
    print_table(("Field", "Value"), _fields(job))
    for failure in job.failures:
        complain(f"{failure.uri}: {failure.error}", failure.remedy)
    if job.error:
        complain(job.error.message, job.error.remedy)


def _fields(job: Job) -> Iterator[tuple[str, object]]:
    yield "id", job.id
    yield "state", job.state
    yield "knowledge base", job.spec.knowledge_base
    yield "sources", ", ".join(f"{each.kind} {each.location}".strip() for each in job.spec.sources)
    progress = job.progress
    yield "files", f"{progress.files} of {progress.files_total}, {progress.failed} failed"
    yield "pages", progress.pages
    yield "chunks", progress.chunks
    if job.is_active:
        yield "phase", f"{progress.phase} {progress.note}".strip()
        yield "rate", _rate(progress)
        yield "time left", _left(job)


def _rate(progress: JobProgress) -> str:
    rates = (
        ("files", progress.files_per_second),
        ("pages", progress.pages_per_second),
        ("chunks", progress.chunks_per_second),
    )
    return ", ".join(f"{rate:.2f} {name}/s" for name, rate in rates if rate)


def _row(job: Job) -> tuple[object, ...]:
    files = f"{job.progress.files}/{job.progress.files_total}"
    return job.id, job.state, job.spec.knowledge_base, files, job.progress.failed, job.progress.chunks, _left(job)


def _left(job: Job) -> str:
    seconds = job.progress.seconds_left
    return f"{seconds:.0f} s" if job.is_active and seconds is not None else ""
