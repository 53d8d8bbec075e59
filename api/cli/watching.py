"""Keep a knowledge base in step with a folder until somebody interrupts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.cli.output import complain

if TYPE_CHECKING:
    from ingestion.report import IngestReport
    from ingestion.sources import Source

__all__ = ["follow"]


def follow(folder: Path, ingest: Callable[[Source], IngestReport]) -> Iterator[IngestReport]:
    """Ingest the folder, then what changes; yield each report, and end on an interrupt.

    A store or model that fails is named, and what it missed is done when the folder is next looked through.
    """
    from engine.errors import BackendFailed
    from ingestion.sources.watch import watch

    typer.echo(f"Watching {folder}; stop with Ctrl-C.", err=True)
    try:
        for source in watch(folder):
            try:
                yield ingest(source)
            except BackendFailed as error:
                complain(error.message, error.remedy)
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
