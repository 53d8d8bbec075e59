"""`knowdesk intents`: list, import, export and delete the intents of a knowledge base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import print_json, print_table, print_text
from api.cli.session import AsJson, Config, DataDir, KnowledgeBaseOption, Session

__all__ = ["app"]

app = typer.Typer(help="List, import, export and delete the intents of a knowledge base.", no_args_is_help=True)


@app.command("list")
def list_(
    ctx: typer.Context,
    *,
    kb: KnowledgeBaseOption = "default",
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """List the intents."""
    from api.schemas.intents import IntentsOut

    session = Session.of(ctx, data_dir, config, as_json)
    with session.assist() as assist:
        found = IntentsOut.shown(assist.taxonomy(kb))
    if session.as_json:
        print_json(found)
    else:
        rows = [(each.id, each.queue, each.priority, len(each.examples), each.description) for each in found.items]
        print_table(("Id", "Queue", "Priority", "Examples", "Description"), rows)


@app.command("import")
def import_(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(help="YAML or JSON list of intents, as `intents export` writes it.")],
    kb: KnowledgeBaseOption = "default",
    replace: Annotated[bool, typer.Option("--replace", help="Remove intents that are not in the file.")] = False,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Add intents from a file, and replace those of the same ids."""
    from engine.assist.triage.taxonomy import read_taxonomy

    session = Session.of(ctx, data_dir, config, as_json)
    intents = read_taxonomy(file)
    with session.assist() as assist:
        assist.put_intents(kb, intents, replace_all=replace)
    if session.as_json:
        print_json({"imported": len(intents)})
    else:
        print_text(f"Imported {len(intents)} intents.")


@app.command()
def export(
    ctx: typer.Context, *, kb: KnowledgeBaseOption = "default", data_dir: DataDir = None, config: Config = None
) -> None:
    """Print the intents as JSON, for `intents import`."""
    import json

    from engine.assist.triage.taxonomy import written_taxonomy

    session = Session.of(ctx, data_dir, config, as_json=True)
    with session.assist() as assist:
        typer.echo(json.dumps(written_taxonomy(assist.taxonomy(kb).intents), ensure_ascii=False, indent=1))


@app.command()
def delete(
    ctx: typer.Context,
    *,
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of the intent, as `intents list` shows it.")],
    kb: KnowledgeBaseOption = "default",
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Delete an intent."""
    session = Session.of(ctx, data_dir, config, as_json)
    with session.assist() as assist:
        assist.delete_intent(kb, id)
    if session.as_json:
        print_json({"deleted": id})
    else:
        print_text(f"Deleted {id}.")
