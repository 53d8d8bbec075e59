"""`knowdesk documents`: list, show and delete documents, compare their versions and go back to one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import complain, print_table, print_text
from engine.domain.knowledge import DocumentFilter, DocumentKind
from engine.errors import EngineError

__all__ = ["app"]

app = typer.Typer(help="List, show and delete documents; compare and roll back versions.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="Id of the document, as `documents list` shows it.")]
MARKS = {"-": "red", "+": "green", "@": "dim"}


@app.command("list")
@over_knowledge_base
def list_(
    opened: Opened,
    *,
    kind: Annotated[DocumentKind | None, typer.Option(help="Only of this kind.")] = None,
    language: Annotated[str, typer.Option(help="Only in this language (BCP 47).")] = "",
    tag: Annotated[list[str] | None, typer.Option(help="Only with this tag; repeatable: with all of them.")] = None,
    source: Annotated[str | None, typer.Option(help="Only from this source: a folder, `upload`, …")] = None,
    uri: Annotated[str, typer.Option(help="Only those whose address contains this.")] = "",
    since: Annotated[datetime | None, typer.Option(help="Only those changed at this time or later.")] = None,
) -> None:
    """List the documents of a knowledge base, each with its newest version."""
    from api.schemas.documents import DocumentOut

    wanted = DocumentFilter(kind, language, tuple(tag or ()), source, uri_part=uri, updated_since=since)
    found = opened.engine.parts.knowledge.documents(opened.knowledge_base, filter=wanted)
    items = [DocumentOut.of(document) for document in found]
    rows = [(item.id, item.uri, item.title, item.kind, item.language, item.version) for item in items]
    opened.publish(
        {"items": [item.model_dump(mode="json") for item in items]},
        lambda: print_table(("Id", "Address", "Title", "Kind", "Language", "Version"), rows),
    )


@app.command()
@over_knowledge_base
def show(opened: Opened, *, id: Id) -> None:
    """Show a document with the text that citations refer to, and documents that are much like it."""
    from api.schemas.documents import DocumentDetailOut
    from ingestion.versions.duplicates import duplicates_of

    document, knowledge = opened.document(id), opened.engine.parts.knowledge
    current = knowledge.in_force([id], opened.engine.options.today()).get(id)
    shown = DocumentDetailOut.detailed(document, current, duplicates_of(knowledge, document)).model_dump(mode="json")
    text = knowledge.stored_text(id, document.version).text

    def tell() -> None:
        alike = ", ".join(f"{each['uri']} ({each['similarity']:.0%})" for each in shown["duplicates"])
        print_table(
            ("Field", "Value"), [(name, value) for name, value in {**shown, "duplicates": alike}.items() if value]
        )
        print_text(f"\n{text}")

    opened.publish({**shown, "text": text}, tell)


@app.command()
@over_knowledge_base
def delete(opened: Opened, *, ids: Annotated[list[str], typer.Argument(help="Ids of documents.")]) -> None:
    """Delete documents with all their versions; those that cannot be deleted are named."""
    deleted, failures = list[str](), list[dict[str, str]]()
    for wanted in ids:
        try:
            opened.engine.delete_document(opened.document(wanted).id)
            deleted.append(wanted)
        except EngineError as error:
            failures.append({"id": wanted, "error": error.message, "remedy": error.remedy})
            complain(error.message, error.remedy)
    opened.publish(
        {"deleted": deleted, "failures": failures},
        lambda: print_text(f"Deleted {len(deleted)} of {len(ids)} documents."),
    )
    if failures:
        raise typer.Exit(1)


@app.command()
@over_knowledge_base
def versions(opened: Opened, *, id: Id) -> None:
    """List the versions of a document, the newest first, with the days on which each is in force."""
    from api.schemas.versions import VersionsOut

    opened.document(id)
    shown = VersionsOut.of_document(opened.engine.parts.knowledge, id)
    rows = [
        (item.version, item.updated_at, item.title, item.chunk_count, item.in_force.told if item.in_force else "never")
        for item in shown.items
    ]
    opened.publish(
        shown,
        lambda: print_table(("Version", "Made", "Title", "Passages", "In force"), rows),
    )


@app.command(epilog="Example: knowdesk documents compare ID 1 2 --kb shop")
@over_knowledge_base
def compare(
    opened: Opened,
    *,
    id: Id,
    older: Annotated[int, typer.Argument(min=1, help="Number of a version, as `documents versions` shows it.")],
    newer: Annotated[int, typer.Argument(min=1, help="Number of the version to compare it with.")],
) -> None:
    """Show what changed between two versions of a document, section by section."""
    from api.schemas.versions import ComparisonOut
    from ingestion.versions import comparison

    opened.document(id)
    shown = ComparisonOut.of(comparison.compare(opened.engine.parts.knowledge, id, older, newer))

    def tell() -> None:
        for section in shown.sections:
            print_text(f"{section.change}: {' › '.join(section.section) or '(no heading)'}", style="bold")
            for line in section.diff:
                print_text(line, style=MARKS.get(line[:1], ""), indent=2)
        print_text(f"Sections that differ: {len(shown.sections)}; that are the same: {shown.unchanged}.")

    opened.publish(shown, tell)


@app.command(epilog="Example: knowdesk documents rollback ID 1 --kb shop")
@over_knowledge_base
def rollback(
    opened: Opened,
    *,
    id: Id,
    version: Annotated[int, typer.Argument(min=1, help="Number of the version to go back to.")],
) -> None:
    """Go back to an older version of a document: its content becomes a new version."""
    from api.schemas.versions import RevisionOut
    from ingestion.connect import target_of
    from ingestion.versions.revising import roll_back

    opened.document(id)
    made = RevisionOut.of(roll_back(target_of(opened.engine, opened.knowledge_base), id, version))
    told = f"Version {made.document.version} has the content of version {version}; passages embedded: {made.embedded}."
    opened.publish(made, lambda: print_text(told))
