"""Command: `knowdesk bench out-of-scope`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.bench.out_of_scope import read_intents, run_out_of_scope
from evals.commands.common import progress_bar, reported_errors

__all__ = ["out_of_scope_command"]


def out_of_scope_command(
    folder: Annotated[Path, typer.Argument(help="Folder with NAME.train.jsonl, NAME.val.jsonl, NAME.oos_….jsonl.")],
    *,
    name: Annotated[str, typer.Option("--name", help="How the files' names begin.")] = "clinc150",
    each: Annotated[int | None, typer.Option("--each", min=1, help="Entries of each intent; default: all.")] = None,
    cache: Annotated[Path | None, typer.Option("--cache", help="Folder that keeps the index for other runs.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Make a FAQ of intents, ask what is in scope and what is not, and measure how confidence tells them apart.

    Only questions are asked that `python -m evals.fit_confidence` has not seen.
    """
    with reported_errors():
        found = run_out_of_scope(read_intents(folder, name, each=each), cache=cache, track=progress_bar)
    text = json.dumps(found.as_json())
    if as_json:
        typer.echo(text)
    else:
        Console().print_json(text)
