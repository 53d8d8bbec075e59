"""Files and folders on this machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from engine.errors import NotFound
from ingestion.sources.values import Source, SourceFile, Unavailable

__all__ = ["is_passing", "open_source", "source_file"]

# Hidden files, locks of office programs, backups and swap files of editors, downloads that are not finished.
_PASSING = re.compile(r"\.|~\$|#.*#$|.*(~|\.(tmp|temp|part|partial|crdownload|download|swp|swo|swx|filepart))$", re.I)


def is_passing(name: str) -> bool:
    """Tell from the name of a file or folder that it is no document: hidden, a lock, a backup, half a download."""
    return _PASSING.match(name) is not None


def open_source(path: Path) -> Source:
    """Return the file at `path`, or all files in that folder and below, sorted by uri.

    Hidden and temporary files and folders that a link leads back to are left out. A folder below that may not be
    looked into is a document that cannot be had, and the source is not complete then. Raises NotFound if there is
    nothing at `path`.
    """
    if path.is_dir():
        root = path.resolve()
        found = tuple(sorted(_walk(root, root, (root,)), key=lambda file: file.uri))
        return Source(root.as_posix(), found, not any(isinstance(file, Unavailable) for file in found))
    if path.is_file():
        root = path.resolve().parent
        return Source(root.as_posix(), (source_file(path, path.absolute().parent),), False)
    raise NotFound(f"There is no file or folder {path}.", remedy="Check the path.")


def source_file(path: Path, root: Path) -> SourceFile:
    """Return the file at `path` under its name within the folder `root`; FileNotFoundError if it is gone."""
    return SourceFile(_uri(path, root), path, path.stat().st_size)


def _uri(path: Path, root: Path) -> str:
    return os.fsencode(path.absolute().relative_to(root).as_posix()).decode("utf-8", "replace")


def _walk(folder: Path, root: Path, above: tuple[Path, ...]) -> Iterator[SourceFile | Unavailable]:
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:  # deleted since its parent was listed
        return
    except OSError as error:
        uri = _uri(folder, root)
        reason = error.strerror or type(error).__name__
        yield Unavailable(uri, f"The folder {uri} cannot be listed: {reason}.", "Check its permissions.")
        return
    for entry in entries:
        path = Path(entry.path)
        if is_passing(entry.name):
            continue
        if entry.is_dir():
            real = path.resolve()
            if real not in above:
                yield from _walk(path, root, (*above, real))
        elif entry.is_file():
            with suppress(FileNotFoundError):
                yield source_file(path, root)
