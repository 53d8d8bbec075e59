"""`knowdesk intents`: list, import, export and delete the intents of a knowledge base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_table, print_text

__all__ = ["app"]

app = typer.Typer(help="List, import, export and delete the intents of a knowledge base.", no_args_is_help=True)


@app.command("list")
@over_knowledge_base
def list_(opened: Opened) -> None:
    """List the intents."""
    from api.schemas.intents import IntentsOut

    found = IntentsOut.shown(opened.assist().taxonomy(opened.knowledge_base))
    rows = [(each.id, each.queue, each.priority, len(each.examples), each.description) for each in found.items]
    opened.publish(found, lambda: print_table(("Id", "Queue", "Priority", "Examples", "Description"), rows))


@app.command("import")
@over_knowledge_base
def import_(
    opened: Opened,
    *,
    file: Annotated[Path, typer.Argument(help="YAML or JSON list of intents, as `intents export` writes it.")],
    replace: Annotated[bool, typer.Option("--replace", help="Remove intents that are not in the file.")] = False,
) -> None:
    """Add intents from a file, and replace those of the same ids."""
    from engine.assist.triage.taxonomy import read_taxonomy

    intents = read_taxonomy(file)
    opened.assist().put_intents(opened.knowledge_base, intents, replace_all=replace)
    opened.publish({"imported": len(intents)}, lambda: print_text(f"Imported {len(intents)} intents."))


@app.command()
@over_knowledge_base
def export(opened: Opened) -> None:
    """Print the intents as JSON, for `intents import`."""
    import json

    from engine.assist.triage.taxonomy import written_taxonomy

    intents = opened.assist().taxonomy(opened.knowledge_base).intents
    typer.echo(json.dumps(written_taxonomy(intents), ensure_ascii=False, indent=1))


@app.command()
@over_knowledge_base
def delete(
    opened: Opened,
    *,
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of the intent, as `intents list` shows it.")],
) -> None:
    """Delete an intent."""
    opened.assist().delete_intent(opened.knowledge_base, id)
    opened.publish({"deleted": id}, lambda: print_text(f"Deleted {id}."))
