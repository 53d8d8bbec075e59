"""`knowdesk search`: find passages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_text
from engine.domain.knowledge import DocumentKind
from engine.domain.search import SearchFilter

if TYPE_CHECKING:
    from api.schemas.search import SearchOut

__all__ = ["search"]


@over_knowledge_base
def search(
    opened: Opened,
    *,
    query: Annotated[str, typer.Argument(help="Words or a question, in any language.")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="At most this many passages.")] = 10,
    kind: Annotated[list[DocumentKind] | None, typer.Option(help="Only documents of this kind; repeatable.")] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Only documents in this language (BCP 47); repeatable.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(help="Only documents with this tag; repeatable: with all of them.")
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Find what held on this day; default: today.")
    ] = None,
) -> None:
    """Find the passages for a query, best first."""
    from api.schemas.search import SearchOut

    day = as_of.date() if as_of else None
    restriction = SearchFilter(tuple(kind or ()), tuple(language or ()), tuple(tag or ()), as_of=day)
    found = SearchOut.of(opened.engine.search(opened.knowledge_base, query, filter=restriction, limit=limit))
    opened.publish(found, lambda: _show(found))


def _show(found: SearchOut) -> None:
    if not found.passages:
        print_text("Nothing found.", style="yellow")
    for number, passage in enumerate(found.passages, start=1):
        ranks = ", ".join(f"{name} {rank}" for name, rank in passage.ranks.items())
        section = f" · {' › '.join(passage.section)}" if passage.section else ""
        print_text(f"[{number}] {passage.title} · {passage.uri}{section}", style="bold")
        print_text(f"score {passage.score:.3f} · ranks: {ranks}", style="dim", indent=4)
        print_text(passage.text, indent=4)
