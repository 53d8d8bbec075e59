"""`knowdesk kb`: list, create and delete knowledge bases."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.output import print_json, print_table, print_text
from api.cli.session import AsJson, Config, DataDir, Session

__all__ = ["app"]

app = typer.Typer(help="List, create and delete knowledge bases.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the knowledge base.")]


@app.command("list")
def list_(ctx: typer.Context, *, data_dir: DataDir = None, config: Config = None, as_json: AsJson = False) -> None:
    """List the knowledge bases with what they hold."""
    from api.schemas.knowledge_bases import KnowledgeBaseDetailOut

    session = Session.of(ctx, data_dir, config, as_json)
    with session.engine() as engine:
        names = [found.name for found in engine.parts.knowledge.knowledge_bases()]
        items = [KnowledgeBaseDetailOut.counted(engine.parts.knowledge, name) for name in names]
    if session.as_json:
        print_json({"items": [item.model_dump(mode="json") for item in items]})
    else:
        rows = [(item.name, item.documents, item.chunks, item.description) for item in items]
        print_table(("Name", "Documents", "Chunks", "Description"), rows)


@app.command()
def create(
    ctx: typer.Context,
    *,
    name: Name,
    description: Annotated[str, typer.Option(help="What it is about.")] = "",
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Create an empty knowledge base."""
    from api.schemas.knowledge_bases import KnowledgeBaseOut, checked

    session = Session.of(ctx, data_dir, config, as_json)
    wanted = checked(name, description)
    with session.engine() as engine:
        made = KnowledgeBaseOut.of(engine.create_knowledge_base(wanted.name, wanted.description))
    if session.as_json:
        print_json(made)
    else:
        print_text(f"Created {made.name}.")


@app.command()
def delete(
    ctx: typer.Context,
    *,
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Delete a knowledge base with its documents and its index."""
    session = Session.of(ctx, data_dir, config, as_json)
    if not yes:
        typer.confirm(f"Delete {name} with all its documents?", abort=True, err=True)
    with session.engine() as engine:
        engine.delete_knowledge_base(name)
    if session.as_json:
        print_json({"deleted": name})
    else:
        print_text(f"Deleted {name}.")
