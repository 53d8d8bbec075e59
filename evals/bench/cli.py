"""Commands: `knowdesk bench ingest` and `knowdesk bench search`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.bench.ingestion import bench_ingest
from evals.bench.searching import bench_search
from evals.cli import reported_errors
from evals.datasets.jsonl import read_records
from evals.sampling import shuffled

__all__ = ["app"]

KNOWLEDGE_BASE = "bench"
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]

app = typer.Typer(help="Measure speed as ratios within one run.", no_args_is_help=True)


@app.command("ingest")
def ingest_command(
    folder: Annotated[Path, typer.Argument(help="Folder with documents; it is copied, never changed.")],
    *,
    keep: Annotated[Path | None, typer.Option("--keep", help="Data folder to keep, for `bench search`.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ingest a folder, time the bare encoder on the same chunks, ingest again unchanged and after two changes."""
    from engine.assembly import build_engine
    from engine.settings import load_settings

    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        engine = build_engine(load_settings(data_dir=keep or Path(scratch) / "data"))
        try:
            say = Console(stderr=True).print
            found = bench_ingest(engine, KNOWLEDGE_BASE, folder, scratch=Path(scratch), say=say)
        finally:
            engine.close()
        _publish(found.as_json(), as_json=as_json)


@app.command("search")
def search_command(
    *,
    kb: Annotated[str, typer.Option("--kb", help="Knowledge base.")] = KNOWLEDGE_BASE,
    queries: Annotated[Path, typer.Option("--queries", help='JSON lines with "text".')],
    prefix: Annotated[str, typer.Option("--prefix", help="Take queries whose _id begins so, such as en:.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many queries, a seeded sample.")] = 300,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Data folder.")] = None,
    as_json: AsJson = False,
) -> None:
    """Time search beside the embedding of the same queries."""
    from engine.assembly import build_engine
    from engine.settings import load_settings

    with reported_errors():
        rows = [row for row in read_records(queries) if row.text("_id", default="").startswith(prefix)]
        sample = shuffled({row.text("text") for row in rows} - {""}, seed=13, key=str)[:limit]
        engine = build_engine(load_settings(data_dir=data_dir))
        try:
            found = bench_search(engine, kb, sample)
        finally:
            engine.close()
        _publish(found.as_json(), as_json=as_json)


def _publish(found: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(found))
    else:
        Console().print_json(json.dumps(found))
