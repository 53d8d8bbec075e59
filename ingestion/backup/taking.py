"""Take a backup of a data folder that is in use, as it is at one point in time."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from engine.domain.access import DEFAULT_TENANT
from engine.errors import BackendFailed, Conflict, Misconfigured
from engine.indexing import name_in_use
from engine.records import open_records
from engine.service import Engine
from engine.settings import Settings
from engine.stores.naming import safe_name
from engine.tenancy import FOLDER as TENANTS
from engine.tenancy import Tenants, tenant_settings
from ingestion.backup.archive import ArchivedIndex, Manifest, pack
from ingestion.jobs.turns import Turns
from ingestion.jobs.values import line_of

__all__ = ["DATABASE", "INDEXES", "PASSING", "check_embedded", "take_backup"]

DATABASE: Final = "knowdesk.db"
INDEXES: Final = "index-snapshots"
_STORE: Final = "index"
_TURN: Final = "\0backup"
_SQLITE: Final = ".db"
PASSING: Final = ("-wal", "-shm", "-journal", ".lock", ".pid")


def take_backup(tenants: Tenants, turns: Turns, settings: Settings, target: Path) -> Manifest:
    """Write everything in the data folder into the new file `target`, while the engines go on answering.

    What one tenant has is of one point in time. Who changes documents waits meanwhile, a job between two blocks of
    files. Jobs are copied before documents: a job that is gone on with finds what it wrote, and does again at most what
    it did not note. Conflict if the file exists; Misconfigured if the data is not in the folder.
    """
    check_embedded(settings)
    if target.exists():
        raise Conflict(f"{target.name} exists already.", remedy="Give the name of a new file.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=".backup-") as made:
            with turns.turn(_TURN):
                manifest = _copied_all(tenants, turns, settings, Path(made))
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


def _copied_all(tenants: Tenants, turns: Turns, settings: Settings, folder: Path) -> Manifest:
    """Copy all tenants into the folder, the default one first, which has the jobs of all."""
    copy, made_at = settings.model_copy(update={"data_dir": folder}), datetime.now(UTC).isoformat(timespec="seconds")
    found = dict[str, dict[str, ArchivedIndex]]()
    for tenant, engine in tenants.known():
        place = tenant_settings(copy, tenant)
        found[tenant] = _copied(_Source(tenant, engine, turns), tenant_settings(settings, tenant), place)
    return Manifest(made_at=made_at, knowledge_bases=found.pop(DEFAULT_TENANT), tenants=found)


@dataclass(frozen=True, slots=True)
class _Source:
    """What is copied from, and where its writers wait."""

    tenant: str
    engine: Engine
    turns: Turns


def _copied(source: _Source, settings: Settings, copy: Settings) -> dict[str, ArchivedIndex]:
    """Copy a tenant's data, holding the turns of all knowledge bases that the copy knows; return their indexes."""
    names, found = set[str](), {each.name for each in source.engine.parts.knowledge.knowledge_bases()}
    with ExitStack() as held:
        while True:
            for name in sorted(found - names):
                held.enter_context(source.turns.turn(line_of(source.tenant, name)))
            names |= found
            _copy_files(settings.data_dir, copy.data_dir)
            _copy_databases(settings.data_dir, copy.data_dir)
            _copy_files(settings.data_dir, copy.data_dir)  # uploads that came before their job was copied
            found = _known_to(copy)
            if found <= names:
                break
        indexes = {name: _snapshot(source.engine, name, copy.data_dir) for name in sorted(found)}
    for path in _passing(copy.data_dir):
        path.unlink()
    return indexes


def _known_to(settings: Settings) -> set[str]:
    """Return the knowledge bases that a copy knows; one made just now was written to without its turn being held."""
    with open_records(settings) as records:
        return {found.name for found in records.knowledge.knowledge_bases()}


def _copy_databases(data_dir: Path, folder: Path) -> None:
    """Copy the databases of jobs and of documents through SQLite, which other connections may write to."""
    found = [relative for relative in _files(data_dir) if relative.suffix == _SQLITE]
    for relative in sorted(found, key=lambda path: path.name == DATABASE):
        copy = folder / relative
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.unlink(missing_ok=True)
        address = f"{(data_dir / relative).absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")


def _copy_files(data_dir: Path, folder: Path) -> None:
    """Copy what is no database, such as uploads that wait; what is removed meanwhile is not needed any more."""
    for relative in _files(data_dir):
        if relative.suffix != _SQLITE and not (data_dir / relative).is_symlink():
            with suppress(FileNotFoundError):
                (folder / relative).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(data_dir / relative, folder / relative)


def _files(data_dir: Path) -> Iterator[Path]:
    """Yield the paths, from the folder on, of what belongs into a backup; folders that vanish are passed over."""
    for place, folders, names in os.walk(data_dir):
        above = Path(place).relative_to(data_dir)
        folders[:] = (name for name in folders if not _is_left_out(above / name))
        yield from (above / name for name in names if not _is_left_out(above / name))


def _snapshot(engine: Engine, name: str, folder: Path) -> ArchivedIndex:
    """Copy the index in use; others can be built from the documents."""
    store, index = engine.parts.store, name_in_use(engine.parts.knowledge, name)
    if not store.exists(index):
        return ArchivedIndex(folder="", chunks=0)
    place = f"{INDEXES}/{safe_name(name)}"
    store.snapshot(index, folder / place)
    return ArchivedIndex(folder=place, chunks=store.count(index))


def _is_left_out(relative: Path) -> bool:
    """Tell whether it is an index, of which there is a snapshot, a draft, or of use to a running process only."""
    hidden = any(part.startswith(".") for part in relative.parts)
    return hidden or relative.parts[0] in {_STORE, INDEXES, TENANTS} or relative.name.endswith(PASSING)


def _passing(folder: Path) -> Iterator[Path]:
    """Yield what looking into the copied databases left behind."""
    return (path for path in list(folder.rglob("*")) if path.name.endswith(PASSING))
