"""Command: `knowdesk bench capacity`."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.bench.capacity import Need, measure_costs, need_of
from evals.commands.common import reported_errors

__all__ = ["capacity_command"]

SIZES = (10_000, 1_000_000, 100_000_000)


def capacity_command(
    *,
    chunks: Annotated[int, typer.Option("--chunks", min=4, help="How many generated chunks to measure with.")] = 5000,
    questions: Annotated[int, typer.Option("--questions", min=1, help="Questions that are timed.")] = 50,
    machine_gb: Annotated[float, typer.Option("--machine-gb", min=1, help="Memory of one machine.")] = 64.0,
    replicas: Annotated[int, typer.Option("--replicas", min=1, help="Machines that hold each shard.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Measure what a chunk and a question cost here, and multiply: 10 thousand, 1 million, 100 million chunks."""
    from engine.settings import load_settings

    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        costs = measure_costs(load_settings(data_dir=Path(scratch) / "data"), chunks=chunks, questions=questions)
    needs = [need_of(costs, size, machine_gb=machine_gb, replicas=replicas) for size in SIZES]
    if as_json:
        typer.echo(json.dumps({"costs": asdict(costs), "needs": [asdict(need) for need in needs]}))
        return
    console = Console()
    console.print_json(json.dumps(asdict(costs)))
    console.print(_table(needs))


def _table(needs: list[Need]) -> Table:
    table = Table("Need", *(f"{need.chunks:,}" for need in needs), title="by chunks")
    rows = [asdict(need) for need in needs]
    for name in list(rows[0])[1:]:
        table.add_row(name, *(f"{round(row[name], 1):,}" for row in rows))
    return table
