"""Command: `knowdesk bench generation`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.bench.generation import Budget, bench_generation
from evals.bench.llm_process import scripted_llm
from evals.bench.llm_server import BEHAVIOURS
from evals.commands.common import reported_errors

__all__ = ["generation_command"]

KNOWLEDGE_BASE = "bench"


def generation_command(
    *,
    behaviour: Annotated[list[str] | None, typer.Option("--behaviour", help="Of the model; all if left out.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many questions, a seeded sample.")] = 12,
    budget_s: Annotated[float, typer.Option("--budget-s", min=0.1, help="Seconds for a reply of the model.")] = 2.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Ask the sample knowledge base through a language model that is bad, slow or down, a server of its own process."""
    from engine.assembly import build_engine
    from engine.settings import load_settings
    from evals.bench.sample import ingest_folder, sample_questions

    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch, scripted_llm() as url:
        engine = build_engine(load_settings(data_dir=Path(scratch) / "data"))
        try:
            ingest_folder(engine, KNOWLEDGE_BASE)
            chosen = tuple(behaviour or BEHAVIOURS)
            asked = sample_questions(limit)
            found = bench_generation(engine, KNOWLEDGE_BASE, asked, url, chosen, Budget(budget_s))
        finally:
            engine.close()
    if as_json:
        typer.echo(json.dumps(found))
        return
    columns = next(iter(found.values()))
    table = Table("the model is", *columns, title=f"{limit} questions, {budget_s:g} s for the model")
    for name, scores in found.items():
        table.add_row(name, *(f"{value:g}" for value in scores.values()))
    Console().print(table)
