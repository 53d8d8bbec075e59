"""`knowdesk ingest`: bring a knowledge base up to date with files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.output import complain, print_json, print_table
from api.cli.session import AsJson, Config, DataDir, KnowledgeBaseOption, Session

if TYPE_CHECKING:
    from api.ingesting import Batch
    from api.schemas.ingestion import IngestOut
    from ingestion.report import IngestEvent

__all__ = ["ingest"]


def ingest(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders with all below them.")],
    *,
    kb: KnowledgeBaseOption = "default",
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Drop the index first, whatever model built it.")] = False,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Ingest what is new or changed, and delete what is gone from a folder; the knowledge base is made if missing."""
    from api.ingesting import ingest_batches, report_of
    from api.schemas.ingestion import IngestOut
    from api.schemas.knowledge_bases import checked

    session = Session.of(ctx, data_dir, config, as_json)
    name, batches = checked(kb).name, _batches(paths)
    with session.engine() as engine:
        report = report_of(_shown(ingest_batches(engine, session.settings(), name, batches, rebuild=rebuild)))
    summary = IngestOut.summary(report)
    for failure in summary.failures:
        named = failure.error if failure.uri in failure.error else f"{failure.uri}: {failure.error}"
        complain(named, failure.remedy)
    if session.as_json:
        print_json(summary)
    else:
        _show(summary)
    if summary.failures:
        raise typer.Exit(1)


def _batches(paths: Sequence[Path]) -> list[Batch]:
    """Return one batch a source, each file once; NotFound names a path where there is nothing."""
    from api.ingesting import Batch
    from ingestion.sources import open_source

    batches: dict[str, Batch] = {}
    for source in map(open_source, paths):
        before = batches.get(source.name, Batch(source.name, ()))
        files = {file.uri: file for file in (*before.files, *source.files)}
        batches[source.name] = Batch(source.name, tuple(files.values()), before.complete or source.complete)
    return list(batches.values())


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
