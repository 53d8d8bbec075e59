"""Where documents come from: files, folders, memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.errors import InvalidInput, NotFound

__all__ = ["MemoryFile", "Readable", "Source", "SourceFile", "open_source"]


class Readable(Protocol):
    """A document to ingest."""

    @property
    def uri(self) -> str:
        """Name within the source, with "/" between its parts."""
        ...

    @property
    def name(self) -> str:
        """File name; its ending tells the format where the content does not."""
        ...

    @property
    def size(self) -> int:
        """Length in bytes."""
        ...

    @property
    def title(self) -> str:
        """Title to use instead of the one in the document; empty for none."""
        ...

    def read(self) -> bytes:
        """Return the content, or raise InvalidInput."""
        ...


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on disk."""

    uri: str
    path: Path
    size: int
    title: str = ""

    @property
    def name(self) -> str:
        """The uri."""
        return self.uri

    def read(self) -> bytes:
        """Return the file's bytes; InvalidInput if that is not allowed or it is gone."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise InvalidInput(f"{self.uri} cannot be read: {reason}.", remedy="Check the file.") from error


@dataclass(frozen=True, slots=True)
class MemoryFile:
    """A document in memory. `extension` tells the format where `uri` has no such ending, as ".txt" does."""

    uri: str
    data: bytes
    title: str = ""
    extension: str = ""

    @property
    def name(self) -> str:
        """The uri with the extension behind it."""
        return self.uri + self.extension

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.data)

    def read(self) -> bytes:
        """Return the content."""
        return self.data


@dataclass(frozen=True, slots=True)
class Source:
    """Files that belong together. `name` identifies the source; `complete` tells that these are all there are.

    A single file belongs to the source of its folder, so that it can be ingested again alone.
    """

    name: str
    files: tuple[SourceFile, ...]
    complete: bool


def open_source(path: Path) -> Source:
    """Return the file at `path`, or all files in that folder and below, sorted by uri.

    Hidden files, lock files of office programs and folders that a link leads back to are left out. Raises NotFound if
    there is nothing at `path`.
    """
    if path.is_dir():
        root = path.resolve()
        return Source(root.as_posix(), tuple(sorted(_walk(root, root, (root,)), key=lambda file: file.uri)), True)
    if path.is_file():
        root = path.resolve().parent
        return Source(root.as_posix(), (_source_file(path, path.absolute().parent),), False)
    raise NotFound(f"There is no file or folder {path}.", remedy="Check the path.")


def _walk(folder: Path, root: Path, above: tuple[Path, ...]) -> Iterator[SourceFile]:
    for entry in os.scandir(folder):
        path = Path(entry.path)
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir():
            real = path.resolve()
            if real not in above:
                yield from _walk(path, root, (*above, real))
        elif entry.is_file():
            yield _source_file(path, root)


def _source_file(path: Path, root: Path) -> SourceFile:
    uri = os.fsencode(path.absolute().relative_to(root).as_posix()).decode("utf-8", "replace")
    return SourceFile(uri, path, path.stat().st_size)
