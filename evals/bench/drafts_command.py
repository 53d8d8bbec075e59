"""Command: `knowdesk bench drafts`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.bench.drafts import bench_drafts
from evals.bench.sample import ingest_folder
from evals.commands.common import reported_errors
from evals.datasets.drafts import DRAFTS_FOLDER, load_drafts

__all__ = ["drafts_command"]

KNOWLEDGE_BASE = "bench"


def drafts_command(
    *,
    data: Annotated[
        Path, typer.Option("--data", help="Folder with *.jsonl of your own, as the sample.", show_default=False)
    ] = DRAFTS_FOLDER,
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", help="Data folder with the sample in knowledge base `bench`; else made."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Draft replies about the sample shop: right language, evidence, parts, length; nothing made up."""
    from engine.assembly import build_assist, build_engine
    from engine.settings import load_settings

    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        golden = load_drafts(data)
        settings = load_settings(data_dir=data_dir or Path(scratch) / "data")
        engine = build_engine(settings)
        try:
            if not any(found.name == KNOWLEDGE_BASE for found in engine.parts.knowledge.knowledge_bases()):
                ingest_folder(engine, KNOWLEDGE_BASE)
            assist = build_assist(engine, settings)
            scores = bench_drafts(golden, lambda each: assist.drafts.draft(KNOWLEDGE_BASE, each.request))
        finally:
            engine.close()
    found = json.dumps(scores, ensure_ascii=False)
    if as_json:
        typer.echo(found)
    else:
        Console().print_json(found)
