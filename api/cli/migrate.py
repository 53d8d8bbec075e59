"""`knowdesk migrate`: from the data folder to PostgreSQL and a Qdrant server."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import print_table, print_text
from api.cli.session import Session
from engine.errors import Conflict

if TYPE_CHECKING:
    from engine.ports import VectorStore
    from engine.settings import Settings
    from ingestion.migration.migrating import Migration

__all__ = ["migrate"]


@in_session
def migrate(
    session: Session,
    *,
    to_url: Annotated[str, typer.Option(help="Address of the Qdrant server.")],
    database_url: Annotated[str, typer.Option(help="SQLAlchemy URL of an empty PostgreSQL database.")],
    url: Annotated[str, typer.Option(help="The server that runs on the data folder, which goes on answering.")] = "",
    key: Annotated[str, typer.Option(help="API key of an administrator of that server.")] = "",
    sample: Annotated[int, typer.Option(min=0, help="Queries by which each index is compared.")] = 200,
    finish: Annotated[bool, typer.Option("--finish", help="The last run: nobody writes to the folder.")] = False,
) -> None:
    """Copy documents, index, conversations and all else to servers, and compare both sides; run it again to catch up.

    First while the server runs on the folder (--url), as often as you like; then once with that server stopped and
    with --finish. After that, the settings that are printed make the servers take over.
    """
    settings = session.settings()
    target = settings.model_copy(update={"qdrant_url": to_url, "database_url": database_url})
    if finish and url:
        raise Conflict("A server still writes to the folder.", remedy="Stop it, and leave --url out.")
    found = _moved(settings, target, sample=sample, url=url, key=key)
    if finish and found.is_verified:
        from ingestion.migration.migrating import MARK
        from ingestion.migration.migrating import finish as note_end

        note_end(settings.data_dir / MARK)
    session.publish(
        {**asdict(found), "verified": found.is_verified, "finished": finish and found.is_verified},
        lambda: _show(found, target, finished=finish),
    )
    if not found.is_verified:
        raise typer.Exit(1)


def _moved(settings: Settings, target: Settings, *, sample: int, url: str, key: str) -> Migration:
    from engine.assembly import build_store
    from ingestion.migration.migrating import MARK, migrate_to_servers

    mark = settings.data_dir / MARK
    store = build_store(target)
    try:
        with _source(settings, url, key) as (source, folder):
            return migrate_to_servers(source, folder, target, store=store, sample=sample, mark=mark)
    finally:
        store.close()


@contextmanager
def _source(settings: Settings, url: str, key: str) -> Iterator[tuple[VectorStore, Settings]]:
    """Give the index and the folder to copy from: those at hand, or a copy that the server takes of its own."""
    from api.cli.backup import download
    from engine.assembly import build_store
    from ingestion.backup.restoring import restore_backup

    with tempfile.TemporaryDirectory() as made:
        if url:
            archive = Path(made) / "copy.zip"
            download(url, key, archive)
            settings = settings.model_copy(update={"data_dir": Path(made) / "data"})
            restore_backup(archive, settings, force=False)
            archive.unlink()
        store = build_store(settings)
        try:
            yield store, settings
        finally:
            store.close()


def _show(found: Migration, target: Settings, *, finished: bool) -> None:
    columns = ("Table", "Rows", "Added", "Changed", "Removed")
    told = [each for each in found.tables if each.rows or each.removed]
    print_table(columns, ((each.name, each.rows, each.added, each.changed, each.removed) for each in told))
    print_table(
        ("Index", "Chunks", "On the server", "Written", "Queries", "Hits in common"),
        (
            (there.knowledge_base, there.source, there.target, here.written, there.queries, f"{there.agreement:.3f}")
            for here, there in zip(found.indexes, found.compared, strict=True)
        ),
    )
    print_text(_verdict(found, target, finished=finished))


def _verdict(found: Migration, target: Settings, *, finished: bool) -> str:
    if not found.is_verified:
        tables = f" Tables that differ: {', '.join(found.differing_tables)}." if found.differing_tables else ""
        return f"The two sides differ.{tables} Run it again; while a server writes to the folder, they may."
    if not finished:
        return "The two sides are equal. Stop the server on the folder, and run it once more with --finish."
    return f"Finished. Set KNOWDESK_QDRANT_URL={target.qdrant_url} and KNOWDESK_DATABASE_URL, and start the servers."
