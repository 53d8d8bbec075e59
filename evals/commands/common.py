"""What the commands share: options, errors, and how results are shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console, RenderableType
from rich.progress import track

from engine.errors import EngineError, InvalidInput, Misconfigured, NotFound

__all__ = ["AsJson", "Half", "Limit", "RunPath", "Seed", "progress_bar", "reported_errors", "show"]

T = TypeVar("T")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Half = Annotated[str, typer.Option("--half", help="all, first or second: halves of a seeded split.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Take a seeded sample of this many questions.")]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the sample, and of which questions lose their evidence.")]
RunPath = Annotated[Path, typer.Argument(metavar="RUN", help="Folder that `knowdesk eval run --out` made.")]


def show(document: dict[str, object], shown: RenderableType, *, as_json: bool) -> None:
    """Print one JSON document, or what people read."""
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False))
    else:
        console = Console(highlight=False)
        if not console.is_terminal:
            console.width = 140
        console.print(shown)


def progress_bar(items: Iterable[T], *, total: int, description: str) -> Iterator[T]:
    """Show a progress bar on stderr."""
    yield from track(items, description, total=total, console=Console(stderr=True), transient=True)


@contextmanager
def reported_errors() -> Iterator[None]:
    """Turn an EngineError, or a path that does not do, into a message on stderr and an exit status.

    2 for wrong usage or settings, else 1.
    """
    try:
        yield
    except EngineError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2 if isinstance(error, InvalidInput | Misconfigured | NotFound) else 1) from error
    except OSError as error:
        if error.filename is None:
            raise
        typer.echo(f"{error.filename}: {error.strerror}. Check the path.", err=True)
        raise typer.Exit(2) from error
