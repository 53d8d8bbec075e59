"""`knowdesk ingest`: bring a knowledge base up to date with files, folders, web pages and object storage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import complain, print_table, print_text
from api.cli.session import KnowledgeBaseOption, Session
from engine.domain.knowledge import DocumentKind
from engine.errors import Conflict, NotFound

if TYPE_CHECKING:
    from api.schemas.ingestion import IngestOut
    from engine.service import Engine
    from engine.settings import Settings
    from ingestion.jobs.service import JobService
    from ingestion.jobs.values import JobSpec
    from ingestion.report import IngestEvent, IngestReport
    from ingestion.sources import Source, SourceNotes

__all__ = ["ingest"]


@in_session
def ingest(
    session: Session,
    places: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLACE", help="Files, folders, https://…, s3://…, gs://…, az://…, oss://…"),
    ] = None,
    *,
    sitemap: Annotated[
        list[str] | None, typer.Option("--sitemap", metavar="URL", help="All pages that a sitemap lists; repeatable.")
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Keep in step with the one folder until interrupted.")] = False,
    kind: Annotated[
        DocumentKind | None, typer.Option("--kind", help="What all these documents are; default: told from each.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", help="Tag for all these documents; repeatable.")] = None,
    kb: KnowledgeBaseOption = "default",
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Index everything anew, as after a change of the embedding model.")
    ] = False,
) -> None:
    """Ingest what is new or changed, and delete what is gone from a folder; the knowledge base is made if missing.

    It is a job: when it is killed, the same command goes on where it was.
    """
    from api.schemas.ingestion import IngestOut
    from api.schemas.knowledge_bases import checked
    from ingestion.jobs.service import JobService
    from ingestion.report import summed
    from ingestion.sources import SourceNotes

    notes = SourceNotes(kind, tuple(tag or ()))
    request = _Request(tuple(places or ()), tuple(sitemap or ()), notes, checked(kb).name, rebuild)
    request.check(watch=watch)
    settings = session.settings()
    with session.engine(settings) as engine, JobService(engine, settings) as jobs:
        work = _Work(engine, settings, request, jobs)
        reports = list(work.followed(as_json=session.as_json)) if watch else [work.ended()]
    summary = IngestOut.summary(summed(reports))
    session.publish(summary, lambda: _show(summary))
    if summary.failures:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Request:
    """What is to be ingested, and into what."""

    places: tuple[str, ...]
    sitemaps: tuple[str, ...]
    notes: SourceNotes
    knowledge_base: str
    rebuild: bool

    def check(self, *, watch: bool) -> None:
        """Refuse, as wrong usage, nothing to ingest, anything but one folder to watch; NotFound for missing paths."""
        if not self.places and not self.sitemaps:
            raise typer.BadParameter("Name files, folders or addresses, or give --sitemap.")
        if watch and (self.sitemaps or len(self.places) != 1 or not Path(self.places[0]).is_dir()):
            raise typer.BadParameter("--watch takes one folder and nothing else.")
        for place in self.places:
            if _is_path(place) and not Path(place).exists():
                raise NotFound(f"There is no file or folder {place}.", remedy="Check the path.")

    def spec(self) -> JobSpec:
        """Return the job that does it."""
        from ingestion.jobs.values import PLACE, SITEMAP, JobSpec, SourceSpec

        where = (str(Path(place).absolute()) if _is_path(place) else place for place in self.places)
        sources = (
            *(SourceSpec(PLACE, place, self.notes) for place in where),
            *(SourceSpec(SITEMAP, address, self.notes) for address in self.sitemaps),
        )
        return JobSpec(self.knowledge_base, sources, rebuild=self.rebuild)


@dataclass(slots=True)
class _Work:
    """Runs the job, or ingests one set of sources after the other; only the first drops the index."""

    engine: Engine
    settings: Settings
    request: _Request
    jobs: JobService
    runs: int = 0

    def ended(self) -> IngestReport:
        """Run the job to its end, or go on with the one that was not finished; name every failure."""
        from api.cli.progress import ended

        self.jobs.start()
        spec = self.request.spec()
        job = ended(self.jobs, self.jobs.unfinished(spec) or self.jobs.submit(spec))
        if job.error is not None:
            raise job.error
        if job.report is None or job.state == "cancelled":
            raise Conflict("The job was cancelled.", remedy="Run the same command to go on.")
        return _named(job.report)

    def done(self, sources: Iterable[Source]) -> IngestReport:
        """Ingest the sources at once; name every failure."""
        from api.ingesting import Batch, ingest_batches, report_of

        batches = [Batch(source.name, source.files, source.complete) for source in sources]
        rebuild = self.request.rebuild and self.runs == 0
        self.runs += 1
        kb, parse = self.request.knowledge_base, self.jobs.pool.parse
        events = ingest_batches(self.engine, self.settings, kb, batches, rebuild=rebuild, parse=parse)
        return _named(report_of(_shown(events)))

    def followed(self, *, as_json: bool) -> Iterator[IngestReport]:
        """Ingest the one folder and whatever changes in it until interrupted; say on stderr what was done."""
        from api.cli.watching import follow

        for report in follow(
            Path(self.request.places[0]), lambda source: self.done([source.noted(self.request.notes)])
        ):
            if not as_json and report.added + report.changed + report.deleted:
                typer.echo(f"{report.added} added, {report.changed} changed, {report.deleted} deleted.", err=True)
            yield report


def _is_path(place: str) -> bool:
    return "://" not in place


def _named(report: IngestReport) -> IngestReport:
    for failure in report.failures:
        named = failure.error if failure.uri in failure.error else f"{failure.uri}: {failure.error}"
        complain(named, failure.remedy)
    return report


def _shown(events: Iterable[IngestEvent]) -> Iterator[IngestEvent]:
    """Show progress on stderr while it is a terminal; pass the events on."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from ingestion.report import IngestReport

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[chunks]} chunks"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("ingest", total=None, chunks=0)
        for event in events:
            if not isinstance(event, IngestReport):
                bar.update(task, completed=event.done, total=event.total, chunks=event.chunks)
            yield event


def _show(summary: IngestOut) -> None:
    counts = summary.documents.model_dump()
    print_table(
        (*(name.capitalize() for name in counts), "Chunks", "Seconds"),
        [(*counts.values(), summary.chunks, f"{summary.seconds:.1f}")],
    )
    for warned in summary.warnings:
        print_text(f"{warned.uri}: {warned.warnings}", style="yellow")
    for pair in summary.duplicates:
        print_text(f"{pair.uri} says the same as {pair.other} ({pair.similarity:.0%}).", style="yellow")
