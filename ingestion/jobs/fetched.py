"""Documents from afar that are fetched once in a job, however often it is begun."""

from __future__ import annotations

import hashlib
from pathlib import Path

from engine.files import replacing
from ingestion.sources import Around, Noted, Readable, Source, SourceFile, SourceNotes, Unavailable

__all__ = ["Fetched", "fetched_once"]


class Fetched(Around):
    """A document whose content and name are kept in `folder` once they are known."""

    def __init__(self, file: Readable, folder: Path) -> None:
        self.file = file
        self._path = folder / hashlib.blake2b(file.uri.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def name(self) -> str:
        """That of the document."""
        return self._kept()[0]

    @property
    def size(self) -> int:
        """That of the document; InvalidInput if it cannot be had."""
        return len(self._kept()[1])

    @property
    def notes(self) -> SourceNotes:
        """Those of the document."""
        return self.file.notes

    def read(self) -> bytes:
        """Return the content; InvalidInput if it cannot be had."""
        return self._kept()[1]

    def _kept(self) -> tuple[str, bytes]:
        if not self._path.exists():
            data = self.file.read()
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self._path) as draft:
                draft.write_bytes(self.file.name.encode("utf-8", "surrogatepass") + b"\n" + data)
        name, _, data = self._path.read_bytes().partition(b"\n")
        return name.decode("utf-8", "surrogatepass"), data


def fetched_once(source: Source, folder: Path) -> Source:
    """Return the source with every document kept in `folder` that is not on this machine already."""
    files = tuple(file if _is_here(file) else Fetched(file, folder) for file in source.files)
    return Source(source.name, files, source.complete)


def _is_here(file: Readable) -> bool:
    inner = file.file if isinstance(file, Noted) else file
    return isinstance(inner, SourceFile | Unavailable)
