"""How results are shown: one JSON document, or text and tables for people."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel

__all__ = ["complain", "plain", "print_json", "print_table", "print_text"]

TERMINAL_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

PIPE_COLUMNS = 10_000


def plain(text: str) -> str:
    """Remove what a terminal would obey, escape sequences above all; documents are not to be trusted."""
    return TERMINAL_CONTROLS.sub("", text)


def print_json(document: BaseModel | dict[str, object]) -> None:
    """Print the one JSON document of a `--json` run."""
    if isinstance(document, dict):
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        typer.echo(document.model_dump_json(indent=2))


def print_text(text: str, *, style: str = "", indent: int = 0) -> None:
    """Print text of any origin; only the terminal wraps it, so that it can be copied and piped."""
    from rich.console import Console  # takes longer to load than an answer takes
    from rich.text import Text

    shown = textwrap.indent(plain(text), " " * indent)
    Console(highlight=False).print(Text(shown, style=style), soft_wrap=True)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table of text of any origin; where nobody looks, every row is one line."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(plain(str(cell))) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPE_COLUMNS
    console.print(table)


def complain(message: str, remedy: str = "") -> None:
    """Tell on stderr what is wrong and what to do about it."""
    typer.echo(plain(f"Error: {message}"), err=True)
    if remedy:
        typer.echo(plain(remedy), err=True)
