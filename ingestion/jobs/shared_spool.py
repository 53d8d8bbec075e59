"""Uploads that any process may read which shares the database."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from engine.persistence.uploads import SqlUploads
from ingestion.jobs.spool import Spool
from ingestion.parsing import Limits
from ingestion.sources import Readable, Source

__all__ = ["SharedSpool"]

_GRACE_S: Final = 3600.0  # an upload whose job another process is just about to queue looks as if nobody needed it


class SharedSpool(Spool):
    """A spool whose uploads are in the database, too; who needs one that came in elsewhere makes the files anew."""

    def __init__(self, folder: Path, *, limits: Limits, shared: SqlUploads) -> None:
        super().__init__(folder, limits=limits)
        self._shared = shared

    def receive(self, key: str, files: Iterable[Readable]) -> None:
        """Keep the files under `key`; they are in the database, all of them, when this returns."""
        super().receive(key, files)
        self._shared.put(key, ((path.name, path.read_bytes()) for path in self.upload(key).iterdir()), at=time.time())

    def open(self, key: str, *, name: str) -> Source:
        """Return the files that were kept, as a source of that name; NotFound if they were swept."""
        if not self.upload(key).exists():
            self._fetch(key)
        return super().open(key, name=name)

    def drop(self, key: str) -> None:
        """Remove the files of an upload."""
        super().drop(key)
        self._shared.drop(key)

    def sweep(self, *, uploads: Collection[str], jobs: Collection[str]) -> None:
        """Remove all but these uploads, and what other jobs than these left behind."""
        super().sweep(uploads=uploads, jobs=jobs)
        self._shared.sweep(uploads, before=time.time() - _GRACE_S)

    def _fetch(self, key: str) -> None:
        draft = self.upload(f".{key}")
        shutil.rmtree(draft, ignore_errors=True)
        for name, content in self._shared.files(key):
            draft.mkdir(parents=True, exist_ok=True)
            (draft / name).write_bytes(content)
        if draft.exists():
            draft.rename(self.upload(key))
