"""Where the bytes of uploads wait until their job is done, and what a job under way keeps on disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from engine.errors import NotFound
from ingestion.parsing import Limits
from ingestion.sources import Readable, Source, SourceFile, SourceNotes

__all__ = ["Spool"]

_LIST = "files.json"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A spooled file; one that is too large has a size and no content."""

    uri: str
    file: str
    size: int
    title: str
    notes: SourceNotes


_ENTRIES = TypeAdapter(tuple[_Entry, ...])


class Spool:
    """Folders of uploads, each complete or not there at all, and of jobs under way, below `folder`."""

    def __init__(self, folder: Path, *, limits: Limits) -> None:
        self._uploads = folder / "uploads"
        self._work = folder / "work"
        self._limits = limits

    def receive(self, key: str, files: Iterable[Readable]) -> None:
        """Keep the files under `key`; they are on disk, all of them, when this returns."""
        draft = self.upload(f".{key}")
        draft.mkdir(parents=True)
        entries = tuple(self._kept(draft, number, file) for number, file in enumerate(files))
        _write(draft / _LIST, _ENTRIES.dump_json(entries))
        draft.rename(self.upload(key))
        _sync_folder(self._uploads)

    def open(self, key: str, *, name: str) -> Source:
        """Return the files that were kept, as a source of that name; NotFound if they were swept."""
        folder = self.upload(key)
        try:
            entries = _ENTRIES.validate_json((folder / _LIST).read_bytes())
        except FileNotFoundError as error:
            raise NotFound("The uploaded files are gone.", remedy="Upload them again.") from error
        files = (SourceFile(each.uri, folder / each.file, each.size, each.title, each.notes) for each in entries)
        return Source(name, tuple(files), complete=False)

    def upload(self, key: str) -> Path:
        """Return the folder of an upload."""
        return self._uploads / key

    def work(self, job_id: str) -> Path:
        """Return the folder for what a job under way keeps."""
        return self._work / job_id

    def finished(self, job_id: str) -> None:
        """Remove what a job kept while it was under way."""
        shutil.rmtree(self.work(job_id), ignore_errors=True)

    def drop(self, key: str) -> None:
        """Remove the files of an upload."""
        shutil.rmtree(self.upload(key), ignore_errors=True)

    def sweep(self, *, uploads: Collection[str], jobs: Collection[str]) -> None:
        """Remove all but these uploads, and what other jobs than these left behind."""
        for parent, needed in ((self._uploads, uploads), (self._work, jobs)):
            for folder in parent.glob("*"):
                if folder.name not in needed:
                    shutil.rmtree(folder, ignore_errors=True)

    def _kept(self, folder: Path, number: int, file: Readable) -> _Entry:
        entry = _Entry(file.uri, f"{number:04}", file.size, file.title, file.notes)
        if file.size <= self._limits.max_file_mb * 1e6:
            _write(folder / entry.file, file.read())
        return entry


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
