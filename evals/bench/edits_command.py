"""Command: `knowdesk bench edit`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.bench.edits import bench_edits
from evals.bench.service import served
from evals.commands.common import reported_errors

__all__ = ["edit_command"]

KNOWLEDGE_BASE = "bench-edits"


def edit_command(
    folder: Annotated[Path, typer.Argument(help="Folder with Markdown pages; it is not changed.")],
    *,
    edits: Annotated[int, typer.Option("--edits", min=1, help="How many edits while others read.")] = 200,
    readers: Annotated[int, typer.Option("--readers", min=1, help="How many readers search all the while.")] = 2,
    keep: Annotated[Path | None, typer.Option("--keep", help="Data folder to make, or to use again.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Edit one section of a page over HTTP and ask for it, then edit a page again and again while others read it."""
    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        data_dir = keep or Path(scratch)
        pages = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.md"))}
        _fill(data_dir, pages)
        texts = {name: path.read_text(encoding="utf-8") for name, path in pages.items()}
        with served(data_dir, KNOWLEDGE_BASE) as api:
            found = bench_edits(api, texts, edits=edits, readers=readers)
    shown = json.dumps(found.as_json())
    if as_json:
        typer.echo(shown)
    else:
        Console().print_json(shown)


def _fill(data_dir: Path, pages: dict[str, Path]) -> None:
    """Ingest the pages as if they had been uploaded; what is there already is not embedded again."""
    from engine.assembly import build_engine
    from engine.settings import load_settings
    from ingestion.connect import target_of
    from ingestion.jobs.values import UPLOAD
    from ingestion.pipeline import ingest
    from ingestion.sources import SourceFile

    files = [SourceFile(name, path, path.stat().st_size) for name, path in pages.items()]
    engine = build_engine(load_settings(data_dir=data_dir))
    try:
        for _ in ingest(files, target=target_of(engine, KNOWLEDGE_BASE), source=UPLOAD, synchronize=True):
            pass
    finally:
        engine.close()
