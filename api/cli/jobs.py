"""`knowdesk jobs`: list, show, cancel and retry ingestion jobs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.output import complain, print_json, print_table
from api.cli.session import AsJson, Config, DataDir, Session
from engine.errors import Conflict

if TYPE_CHECKING:
    from ingestion.jobs.ledger import Ledger
    from ingestion.jobs.values import Job, JobProgress

__all__ = ["app"]

app = typer.Typer(help="List, show, cancel and retry ingestion jobs.", no_args_is_help=True)
JobId = Annotated[str, typer.Argument(metavar="ID", help="Id of the job, as `jobs list` shows it.")]


@app.command("list")
def list_(
    ctx: typer.Context,
    *,
    kb: Annotated[str, typer.Option("--kb", metavar="NAME", help="Only of this knowledge base.")] = "",
    state: Annotated[
        list[str] | None, typer.Option(help="Only in this state, such as running or failed; repeatable.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many, the newest first.")] = 50,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """List the jobs, the newest first, also while a server runs them."""
    from api.schemas.jobs import JobOut
    from ingestion.jobs.values import JobState

    session = Session.of(ctx, data_dir, config, as_json)
    known = [each.value for each in JobState]
    if wrong := set(state or ()) - set(known):
        raise typer.BadParameter(f"There is no state {min(wrong)}; there are: {', '.join(known)}.")
    with _ledger(session) as ledger:
        found = ledger.jobs(states=[JobState(each) for each in state or ()], knowledge_base=kb)[:limit]
    if session.as_json:
        print_json({"items": [JobOut.shown(job).model_dump(mode="json") for job in found]})
    else:
        print_table(("Id", "State", "Knowledge base", "Files", "Failed", "Chunks", "Left"), map(_row, found))


@app.command()
def show(
    ctx: typer.Context, *, id: JobId, data_dir: DataDir = None, config: Config = None, as_json: AsJson = False
) -> None:
    """Show how far a job is, and what failed of it."""
    session = Session.of(ctx, data_dir, config, as_json)
    with _ledger(session) as ledger:
        _tell(ledger.job(id), session)


@app.command()
def cancel(
    ctx: typer.Context, *, id: JobId, data_dir: DataDir = None, config: Config = None, as_json: AsJson = False
) -> None:
    """Stop a job, whatever process runs it; what it has written stays."""
    session = Session.of(ctx, data_dir, config, as_json)
    with _ledger(session) as ledger:
        _tell(ledger.cancel(id), session)


@app.command()
def retry(
    ctx: typer.Context, *, id: JobId, data_dir: DataDir = None, config: Config = None, as_json: AsJson = False
) -> None:
    """Do again what failed of a job: in the server if one runs, else here and now."""
    from api.cli.progress import ended
    from ingestion.jobs.service import JobService

    session = Session.of(ctx, data_dir, config, as_json)
    try:
        with session.engine() as engine, JobService(engine, session.settings()) as jobs:
            job = ended(jobs, jobs.retry(id))
    except Conflict:
        with _ledger(session) as ledger:
            job = ledger.retry(id)
    _tell(job, session)
    if job.failures or job.error:
        raise typer.Exit(1)


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

    shown = JobOut.shown(job)
    if session.as_json:
        print_json(shown)
        return
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
