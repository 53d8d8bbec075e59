"""`knowdesk canned`: list, import, export and remove canned replies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.cli.commands import in_session
from api.cli.output import print_table, print_text
from api.cli.session import Config, DataDir, KnowledgeBaseOption, Session

__all__ = ["app"]

app = typer.Typer(help="Canned replies: list, import, export, remove.", no_args_is_help=True)


@app.command("list")
@in_session
def list_(
    session: Session,
    *,
    kb: KnowledgeBaseOption = "default",
) -> None:
    """List the replies."""
    from api.schemas.canned import CannedListOut, CannedOut

    with session.assist() as assist:
        found = CannedListOut(items=tuple(map(CannedOut.of, assist.canned.repository.replies(kb))))
    rows = [(each.id, each.shortcut, each.language, each.category, each.used, each.title) for each in found.items]
    heads = ("Id", "Shortcut", "Language", "Category", "Used", "Title")
    session.publish(found, lambda: print_table(heads, rows))


@app.command("import")
@in_session
def import_(
    session: Session,
    *,
    file: Annotated[Path, typer.Argument(help="CSV, YAML or JSON, as `canned export` writes it.")],
    kb: KnowledgeBaseOption = "default",
    replace: Annotated[bool, typer.Option("--replace", help="Remove replies that are not in the file.")] = False,
) -> None:
    """Add replies from a file, and replace those of the same shortcut and language; counts stay."""
    from engine.assist.canned.files import read_replies

    replies = read_replies(file, kb)
    with session.assist() as assist:
        assist.canned.put(kb, replies, replace_all=replace)
    session.publish({"imported": len(replies)}, lambda: print_text(f"Imported {len(replies)} replies."))


@app.command()
def export(
    ctx: typer.Context,
    *,
    kb: KnowledgeBaseOption = "default",
    format: Annotated[Literal["json", "yaml", "csv"], typer.Option(help="What to write.")] = "json",
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Print the replies with their counts, for `canned import`."""
    from engine.assist.canned.files import written_replies

    with Session.of(ctx, data_dir, config, as_json=True).assist() as assist:
        typer.echo(written_replies(assist.canned.repository.replies(kb), format).rstrip("\n"))


@app.command()
@in_session
def remove(
    session: Session,
    *,
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of the reply, as `canned list` shows it.")],
) -> None:
    """Remove a reply."""
    with session.assist() as assist:
        assist.canned.repository.remove(id)
    session.publish({"removed": id}, lambda: print_text(f"Removed {id}."))
