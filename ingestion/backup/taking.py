"""Take a backup of a data folder that is in use, as it is at one point in time."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from engine.assembly import open_records
from engine.errors import BackendFailed, Conflict, Misconfigured
from engine.service import Engine
from engine.settings import Settings
from engine.stores.naming import safe_name
from engine.tenancy import FOLDER as TENANTS
from ingestion.backup.archive import ArchivedIndex, Manifest, pack
from ingestion.jobs.turns import Turns

__all__ = ["DATABASE", "INDEXES", "PASSING", "check_embedded", "take_backup"]

DATABASE: Final = "knowdesk.db"
INDEXES: Final = "index-snapshots"
_STORE: Final = "index"
_TURN: Final = "\0backup"
PASSING: Final = ("-wal", "-shm", "-journal", ".lock", ".pid")


def take_backup(engine: Engine, turns: Turns, settings: Settings, target: Path) -> Manifest:
    """Write everything in the data folder into the new file `target`, while the engine goes on answering.

    Who changes documents waits meanwhile, a job between two blocks of files. Jobs are copied before documents: a job
    that is gone on with finds what it wrote, and does again at most what it did not note. Conflict if the file exists;
    Misconfigured if the data is not in the folder.
    """
    check_embedded(settings)
    if target.exists():
        raise Conflict(f"{target.name} exists already.", remedy="Give the name of a new file.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=".backup-") as made:
            manifest = _copied(engine, turns, settings, Path(made))
            return pack(Path(made), target, manifest)
    except (OSError, sqlite3.Error) as error:
        raise BackendFailed("The backup cannot be written.", remedy="Check rights and free space.") from error


def check_embedded(settings: Settings) -> None:
    """Raise Misconfigured, with what to use instead, if documents are kept in a database on a server."""
    if settings.database_url:
        raise Misconfigured(
            "The database is on a server of its own, which a backup of the data folder leaves out.",
            remedy="Use pg_dump for it, and snapshots of Qdrant or `knowdesk ingest --rebuild` for the index.",
        )


def _copied(engine: Engine, turns: Turns, settings: Settings, folder: Path) -> Manifest:
    """Copy all into the folder, holding the turns of all knowledge bases that the copy knows."""
    copy = settings.model_copy(update={"data_dir": folder})
    names, found = set[str](), {each.name for each in engine.parts.knowledge.knowledge_bases()}
    with ExitStack() as held:
        held.enter_context(turns.turn(_TURN))
        while True:
            for name in sorted(found - names):
                held.enter_context(turns.turn(name))
            names |= found
            _copy_files(settings.data_dir, folder)
            _copy_databases(settings.data_dir, folder)
            _copy_files(settings.data_dir, folder)  # uploads that came before their job was copied
            found = _known_to(copy)
            if found <= names:
                break
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        indexes = {name: _snapshot(engine, name, folder) for name in sorted(found)}
    for path in _passing(folder):
        path.unlink()
    return Manifest(made_at=made_at, knowledge_bases=indexes)


def _known_to(settings: Settings) -> set[str]:
    """Return the knowledge bases that a copy knows; one made just now was written to without its turn being held."""
    with open_records(settings) as records:
        return {found.name for found in records.knowledge.knowledge_bases()}


def _copy_databases(data_dir: Path, folder: Path) -> None:
    """Copy the databases of jobs and of documents through SQLite, which other connections may write to."""
    for path in sorted(data_dir.rglob("*.db"), key=lambda path: path.name == DATABASE):
        relative = path.relative_to(data_dir)
        if _is_left_out(relative):
            continue
        copy = folder / relative
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.unlink(missing_ok=True)
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")


def _copy_files(data_dir: Path, folder: Path) -> None:
    """Copy what is no database, such as uploads that wait; what is removed meanwhile is not needed any more."""
    for path in data_dir.rglob("*"):
        relative = path.relative_to(data_dir)
        if path.is_symlink() or path.suffix == ".db" or _is_left_out(relative):
            continue
        with suppress(FileNotFoundError):
            if path.is_file():
                (folder / relative).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, folder / relative)


def _snapshot(engine: Engine, name: str, folder: Path) -> ArchivedIndex:
    store = engine.parts.store
    if not store.exists(name):
        return ArchivedIndex(folder="", chunks=0)
    place = f"{INDEXES}/{safe_name(name)}"
    store.snapshot(name, folder / place)
    return ArchivedIndex(folder=place, chunks=store.count(name))


def _is_left_out(relative: Path) -> bool:
    """Tell whether it is an index, of which there is a snapshot, a draft, or of use to a running process only."""
    hidden = any(part.startswith(".") for part in relative.parts)
    return hidden or relative.parts[0] in {_STORE, INDEXES, TENANTS} or relative.name.endswith(PASSING)


def _passing(folder: Path) -> Iterator[Path]:
    """Yield what looking into the copied databases left behind."""
    return (path for path in list(folder.rglob("*")) if path.name.endswith(PASSING))
