"""`knowdesk kb`: list, create and delete knowledge bases."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import print_table, print_text
from api.cli.session import Session

__all__ = ["app"]

app = typer.Typer(help="List, create and delete knowledge bases.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the knowledge base.")]


@app.command("list")
@in_session
def list_(session: Session) -> None:
    """List the knowledge bases with what they hold."""
    from api.schemas.knowledge_bases import KnowledgeBaseDetailOut

    with session.engine() as engine:
        names = [found.name for found in engine.parts.knowledge.knowledge_bases()]
        items = [KnowledgeBaseDetailOut.counted(engine.parts.knowledge, name) for name in names]
    rows = [(item.name, item.documents, item.chunks, item.description) for item in items]
    session.publish(
        {"items": [item.model_dump(mode="json") for item in items]},
        lambda: print_table(("Name", "Documents", "Chunks", "Description"), rows),
    )


@app.command()
@in_session
def create(
    session: Session,
    *,
    name: Name,
    description: Annotated[str, typer.Option(help="What it is about.")] = "",
) -> None:
    """Create an empty knowledge base."""
    from api.schemas.knowledge_bases import KnowledgeBaseOut, checked

    wanted = checked(name, description)
    with session.engine() as engine:
        made = KnowledgeBaseOut.of(engine.create_knowledge_base(wanted.name, wanted.description))
    session.publish(made, lambda: print_text(f"Created {made.name}."))


@app.command()
@in_session
def delete(
    session: Session,
    *,
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a knowledge base with its documents and its index."""
    if not yes:
        typer.confirm(f"Delete {name} with all its documents?", abort=True, err=True)
    with session.engine() as engine:
        engine.delete_knowledge_base(name)
    session.publish({"deleted": name}, lambda: print_text(f"Deleted {name}."))
