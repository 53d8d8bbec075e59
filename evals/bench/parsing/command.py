"""The command `knowdesk bench parsing`."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.bench.parsing.peers import parse_with_unstructured
from evals.bench.parsing.report import as_json as report_as_json
from evals.bench.parsing.report import show
from evals.bench.parsing.run import State, bench_parsing
from evals.commands.common import reported_errors
from ingestion.workers.pool import WorkerPool

__all__ = ["parsing_command"]


def parsing_command(
    folder: Annotated[Path, typer.Argument(help="Folder of sets: a folder each, with its files and a manifest.jsonl.")],
    *,
    peer: Annotated[bool, typer.Option(help="Parse with plain unstructured too, for comparison.")] = True,
    time_limit: Annotated[
        float, typer.Option("--time-limit", help="Seconds a file, or a page of a PDF or an image, may take.")
    ] = 120.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Parse every file of a set, and count how many of the expected words are found, beside plain unstructured.

    Exit status 1 if a file ends in no named state.
    """
    say = Console(stderr=True)
    with reported_errors(), ExitStack() as stack:
        ours = stack.enter_context(WorkerPool(1, time_limit_s=time_limit))
        unstructured = WorkerPool(1, time_limit_s=time_limit, memory_limit_mb=4096, parse=parse_with_unstructured)
        theirs = stack.enter_context(unstructured) if peer else None
        status = stack.enter_context(say.status("parsing"))
        outcomes = list(bench_parsing(folder, pool=ours, peer=theirs, say=status.update))
        if as_json:
            typer.echo(json.dumps(report_as_json(outcomes), ensure_ascii=False))
        else:
            Console().print(show(outcomes))
        if any(outcome.ours.state is State.BROKEN for outcome in outcomes):
            raise typer.Exit(1)
