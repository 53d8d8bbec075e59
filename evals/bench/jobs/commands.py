"""Commands: `knowdesk bench crash` and `knowdesk bench pdf`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.bench.jobs.big_pdf import bench_pdf
from evals.bench.jobs.crash import CrashOptions, bench_crash
from evals.commands.common import reported_errors

__all__ = ["crash_command", "pdf_command"]

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed makes the same files and moments.")]


def crash_command(
    *,
    files: Annotated[int, typer.Option("--files", min=20, help="How many files to ingest.")] = 500,
    kills: Annotated[int, typer.Option("--kills", min=1, help="How many times to kill the process.")] = 30,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Kill an ingest at random moments, restart it each time, and compare; exit status 1 if anything differs."""
    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        options = CrashOptions(files, kills, seed)
        found = bench_crash(Path(scratch), options, say=Console(stderr=True).print).as_json()
    _publish(found, as_json=as_json)
    if found["differences"]:
        raise typer.Exit(1)


def pdf_command(
    *,
    pages: Annotated[int, typer.Option("--pages", min=1, help="How many pages the PDF has.")] = 1000,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Ingest a PDF of many pages with images; report the peak memory of all processes, and pages a second."""
    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        found = bench_pdf(Path(scratch), pages=pages, seed=seed, say=Console(stderr=True).print)
    _publish(found.as_json(), as_json=as_json)


def _publish(found: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(found))
    else:
        Console().print_json(json.dumps(found))
