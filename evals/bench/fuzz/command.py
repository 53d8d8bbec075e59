"""Command: `knowdesk bench fuzz`."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from evals.bench.fuzz.corpus import corpus
from evals.bench.fuzz.run import Bounds, FuzzReport, Outcome, Result, case, fuzz
from evals.bench.fuzz.worker import examined
from evals.commands.common import reported_errors
from ingestion.parsing import Limits

__all__ = ["fuzz_command"]


def fuzz_command(  # noqa: PLR0913
    *,
    files: Annotated[int, typer.Option("--files", min=1, help="How many broken files.")] = 2000,
    seed: Annotated[int, typer.Option("--seed", help="Makes the same files again.")] = 1,
    only: Annotated[int | None, typer.Option("--only", help="Parse this one here, showing the traceback.")] = None,
    more: Annotated[Path | None, typer.Option("--samples", help="Folder of more files to break.")] = None,
    keep: Annotated[Path | None, typer.Option("--keep", help="Folder for the files that found a defect.")] = None,
    seconds: Annotated[float, typer.Option("--seconds", help="Longest time for a file.")] = 60.0,
    memory_mb: Annotated[float, typer.Option("--memory-mb", help="Most memory of a process.")] = 1024.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Break sample files of every format and ingest them; exit status 1 for a crash, a hang, too much memory."""
    with reported_errors():
        samples, without = corpus(more)
        if only is not None:
            file = case(samples, seed=seed, number=only)
            _keep(keep, file.name, file.data, only)
            typer.echo(examined(file.data, name=file.name, limits=Limits()).metadata)
            return
        began = time.perf_counter()
        events = fuzz(samples, seed=seed, numbers=range(files), bounds=Bounds(seconds, memory_mb))
        results = tuple(_shown(events, files))
    report = FuzzReport(seed, results, time.perf_counter() - began, tuple(each.name for each in samples), without)
    for each in report.defects:
        _keep(keep, each.name, case(samples, seed=seed, number=each.number).data, each.number)
    if as_json:
        typer.echo(json.dumps(report.as_json()))
    else:
        _show(report)
    if report.defects:
        raise typer.Exit(1)


def _shown(events: Iterator[Result], total: int) -> Iterator[Result]:
    console = Console(stderr=True)
    yield from track(events, "fuzz", total=total, console=console, transient=True, disable=not console.is_terminal)


def _keep(folder: Path | None, name: str, data: bytes, number: int) -> None:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:05}-{PurePosixPath(name).name}").write_bytes(data)


def _show(report: FuzzReport) -> None:
    table = Table(
        "extension", *Outcome, title=f"{len(report.results)} files, seed {report.seed}, {report.seconds:.0f} s"
    )
    for extension in (*sorted({PurePosixPath(each.name).suffix for each in report.results}), ""):
        counts = report.counts(extension)
        table.add_row(extension or "all", *(str(counts[outcome]) for outcome in Outcome))
    console = Console()
    console.print(table)
    for each in report.defects:
        console.print(f"{each.outcome}: --seed {report.seed} --only {each.number} ({each.name}): {each.reason}")
    for where, numbers in report.unforeseen().items():
        console.print(f"unforeseen, {len(numbers)} times, such as --only {numbers[0]}: {where}", highlight=False)
    if report.without_sample:
        console.print(f"Formats without a sample: {', '.join(report.without_sample)}.")
