"""The file of a backup: a zip with a manifest that has the SHA-256 of everything else in it."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.errors import InvalidInput

__all__ = ["ArchivedFile", "ArchivedIndex", "Manifest", "pack", "read_manifest", "unpack"]

MANIFEST: Final = "manifest.json"
_CHUNK: Final = 1 << 20
_BROKEN = (OSError, zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, EOFError, ValidationError, NotImplementedError)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ArchivedFile(_Part):
    """A file of the archive."""

    bytes: int
    sha256: str


class ArchivedIndex(_Part):
    """The index of a knowledge base: the folder of its snapshot, empty for none, and how many chunks it has."""

    folder: str
    chunks: int


class Manifest(_Part):
    """What a backup holds: the files by their paths, and the knowledge bases by their names.

    `tenants` has the knowledge bases of all but the default one.
    """

    format: Literal["knowdesk-backup/1"] = "knowdesk-backup/1"
    made_at: str
    knowledge_bases: Mapping[str, ArchivedIndex]
    tenants: Mapping[str, Mapping[str, ArchivedIndex]] = {}
    files: Mapping[str, ArchivedFile] = {}


def pack(folder: Path, target: Path, manifest: Manifest) -> Manifest:
    """Write the files of a folder into the new file `target`, which appears once it is complete and on disk.

    Returns the manifest with what was written.
    """
    draft, files = target.with_name(f".{target.name}.incomplete"), dict[str, ArchivedFile]()
    try:
        with draft.open("wb") as made:
            with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                    name = path.relative_to(folder).as_posix()
                    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as entry:
                        files[name] = _copy(source, entry)
                whole = manifest.model_copy(update={"files": files})
                archive.writestr(MANIFEST, whole.model_dump_json(indent=1))
            made.flush()
            os.fsync(made.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return whole


def read_manifest(archive: Path) -> Manifest:
    """Return what the archive says that it holds; InvalidInput if it is none."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return Manifest.model_validate_json(opened.read(MANIFEST))
    except _BROKEN as error:
        raise _damaged(archive) from error


def unpack(archive: Path, folder: Path) -> Manifest:
    """Write what is in the archive into a new folder; InvalidInput if anything is missing, too much, or changed."""
    manifest = read_manifest(archive)
    try:
        with zipfile.ZipFile(archive) as opened:
            if set(opened.namelist()) != {MANIFEST, *manifest.files} or any(map(_leads_out, manifest.files)):
                raise _damaged(archive)
            for name, file in manifest.files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(name) as entry, path.open("xb") as target:
                    if _copy(entry, target) != file:
                        raise _damaged(archive)
    except _BROKEN as error:
        raise _damaged(archive) from error
    return manifest


def _copy(source: IO[bytes], target: IO[bytes]) -> ArchivedFile:
    found, size = hashlib.sha256(), 0
    for chunk in _chunks(source):
        target.write(chunk)
        found.update(chunk)
        size += len(chunk)
    return ArchivedFile(bytes=size, sha256=found.hexdigest())


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name


def _damaged(archive: Path) -> InvalidInput:
    return InvalidInput(f"{archive.name} is no complete backup.", remedy="Give a file that `knowdesk backup` wrote.")
