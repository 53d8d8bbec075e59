"""Put a backup back, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from engine.api_keys import checked_tenant
from engine.assembly import build_engine
from engine.errors import BackendFailed, Conflict
from engine.indexing import name_in_use
from engine.settings import Settings
from engine.stores.folder_lock import FolderLock
from engine.tenancy import tenant_settings
from ingestion.backup.archive import ArchivedIndex, Manifest, unpack
from ingestion.backup.taking import INDEXES, PASSING, check_embedded

__all__ = ["restore_backup"]


def restore_backup(archive: Path, settings: Settings, *, force: bool = False) -> Manifest:
    """Make the data folder what it was when the backup was taken; with `force` in place of what is there.

    All is unpacked, checked and indexed beside the data folder, which is then replaced in one step; after any error it
    is as before. An index on a Qdrant server is replaced there. Conflict if the folder is in use, or not empty.
    """
    check_embedded(settings)
    place = settings.data_dir.absolute()
    if place.exists() and any(not each.name.endswith(PASSING) for each in place.iterdir()) and not force:
        raise Conflict(f"The data folder {settings.data_dir} is not empty.", remedy="Give another, or use --force.")
    draft, old = place.with_name(f".{place.name}.restoring"), place.with_name(f".{place.name}.replaced")
    with ExitStack() as done:
        if place.exists():
            done.callback(FolderLock(place).release)
        try:
            _sweep(draft, old)
            draft.mkdir(parents=True)
            done.callback(_sweep, draft)
            manifest = unpack(archive, draft)
            inside = settings.model_copy(update={"data_dir": draft})
            _index(manifest.knowledge_bases, inside)
            for tenant, indexes in manifest.tenants.items():
                _index(indexes, tenant_settings(inside, checked_tenant(tenant)))
            _swap(draft, place, old)
        except OSError as error:
            raise BackendFailed(
                "The data folder cannot be replaced.",
                remedy="Check rights and free space of the folder above it, which must be on the same volume.",
            ) from error
    return manifest


def _index(indexes: Mapping[str, ArchivedIndex], settings: Settings) -> None:
    """Build the indexes from their snapshots; BackendFailed if one came out otherwise than it was."""
    engine = build_engine(settings)
    try:
        for name, index in indexes.items():
            if not index.folder:
                continue
            made = name_in_use(engine.parts.knowledge, name)
            engine.parts.store.restore(made, settings.data_dir / index.folder)
            if engine.parts.store.count(made) != index.chunks:
                raise BackendFailed(f"The index of {name} is not what it was.", remedy="Try again; see the log.")
    finally:
        engine.close()
    shutil.rmtree(settings.data_dir / INDEXES, ignore_errors=True)


def _swap(draft: Path, place: Path, old: Path) -> None:
    """Put the draft in place; what was there comes back if that fails."""
    if place.exists():
        place.rename(old)
    try:
        draft.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    _sweep(old)


def _sweep(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
