"""`knowdesk documents`: list, show and delete documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.output import complain, print_json, print_table, print_text
from api.cli.session import AsJson, Config, DataDir, KnowledgeBaseOption, Session
from engine.errors import EngineError, NotFound

if TYPE_CHECKING:
    from engine.domain.knowledge import Document
    from engine.service import Engine

__all__ = ["app"]

app = typer.Typer(help="List, show and delete documents.", no_args_is_help=True)


@app.command("list")
def list_(
    ctx: typer.Context,
    *,
    kb: KnowledgeBaseOption = "default",
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """List the documents of a knowledge base."""
    from api.schemas.documents import DocumentOut

    session = Session.of(ctx, data_dir, config, as_json)
    with session.engine() as engine:
        engine.parts.knowledge.knowledge_base(kb)
        items = [DocumentOut.of(document) for document in engine.parts.knowledge.documents(kb)]
    if session.as_json:
        print_json({"items": [item.model_dump(mode="json") for item in items]})
    else:
        rows = [(item.id, item.uri, item.title, item.kind, item.language, item.version) for item in items]
        print_table(("Id", "Address", "Title", "Kind", "Language", "Version"), rows)


@app.command()
def show(
    ctx: typer.Context,
    *,
    id: Annotated[str, typer.Argument(help="Id of the document.")],
    kb: KnowledgeBaseOption = "default",
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show a document with the text that citations refer to."""
    from api.schemas.documents import DocumentOut

    session = Session.of(ctx, data_dir, config, as_json)
    with session.engine() as engine:
        document = _document(engine, kb, id)
        text = engine.parts.knowledge.stored_text(id, document.version).text
    shown = DocumentOut.of(document).model_dump(mode="json")
    if session.as_json:
        print_json({**shown, "text": text})
    else:
        print_table(("Field", "Value"), [(name, value) for name, value in shown.items() if value])
        print_text(f"\n{text}")


@app.command()
def delete(
    ctx: typer.Context,
    *,
    ids: Annotated[list[str], typer.Argument(help="Ids of documents.")],
    kb: KnowledgeBaseOption = "default",
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Delete documents with all their versions; those that cannot be deleted are named."""
    session = Session.of(ctx, data_dir, config, as_json)
    deleted, failures = list[str](), list[dict[str, str]]()
    with session.engine() as engine:
        engine.parts.knowledge.knowledge_base(kb)
        for wanted in ids:
            try:
                engine.delete_document(_document(engine, kb, wanted).id)
                deleted.append(wanted)
            except EngineError as error:
                failures.append({"id": wanted, "error": error.message, "remedy": error.remedy})
                complain(error.message, error.remedy)
    if session.as_json:
        print_json({"deleted": deleted, "failures": failures})
    else:
        print_text(f"Deleted {len(deleted)} of {len(ids)} documents.")
    if failures:
        raise typer.Exit(1)


def _document(engine: Engine, kb: str, id: str) -> Document:
    document = engine.parts.knowledge.document(id)
    if document.knowledge_base != kb:
        raise NotFound(f"Document {id} is not in knowledge base {kb!r}.", remedy="Name its knowledge base with --kb.")
    return document
