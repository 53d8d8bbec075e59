"""Command: `knowdesk bench gaps`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.bench.conversations_gaps import conversations
from evals.bench.gaps import bench_gaps
from evals.bench.sample import ingest_folder
from evals.commands.common import reported_errors

__all__ = ["gaps_command"]

KNOWLEDGE_BASE = "bench"


def gaps_command(
    *,
    count: Annotated[int, typer.Option("--conversations", min=10, help="How many to generate.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", help="What chance begins with.")] = 1,
    tune: Annotated[bool, typer.Option("--tune", help="With the gaps and intents that are for tuning.")] = False,
    both: Annotated[bool, typer.Option("--both", help="With MiniLM beside the bundled encoder.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Plant gaps in generated conversations with the sample's shop; recall, precision and causes of what is found."""
    from engine.assembly import build_assist, build_engine
    from engine.settings import load_settings

    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        settings = load_settings(data_dir=Path(scratch) / "data", intent_encoder="both" if both else "bundled")
        engine = build_engine(settings)
        try:
            ingest_folder(engine, KNOWLEDGE_BASE)
            asked = conversations("development" if tune else "reported", count, seed=seed)
            found = bench_gaps(build_assist(engine, settings), settings, KNOWLEDGE_BASE, asked)
        finally:
            engine.close()
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        Console().print_json(json.dumps(found, ensure_ascii=False))
