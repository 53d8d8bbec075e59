"""The entries of a zip archive, each of them on its own."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.errors import InvalidInput
from ingestion.containers.entry_names import decoded_names, is_hidden, safe_name, unique
from ingestion.containers.limits import Budget
from ingestion.sources.values import Readable, SourceNotes, Unavailable

__all__ = ["ArchiveEntry", "archive_entries"]

_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError)
_AGAIN = "Fetch or export it again, complete."


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """A file in an archive that is open in memory; unpacked anew at each reading."""

    uri: str
    archive: zipfile.ZipFile
    entry: zipfile.ZipInfo
    title: str = ""
    notes: SourceNotes = field(default_factory=SourceNotes)

    @property
    def name(self) -> str:
        """The uri."""
        return self.uri

    @property
    def size(self) -> int:
        """Length in bytes, as the archive states it; never more comes out."""
        return self.entry.file_size

    def read(self) -> bytes:
        """Return the content; InvalidInput, naming the entry, if it is damaged or locked."""
        if self.entry.flag_bits & 1:
            raise InvalidInput(f"{self.uri} is locked with a password.", remedy="Unpack it and ingest the files.")
        try:
            return self.archive.read(self.entry)
        except NotImplementedError as error:
            raise InvalidInput(f"{self.uri} is packed in an unknown way.", remedy="Pack it as a plain zip.") from error
        except RuntimeError as error:  # a password, where the entry's flag does not say so
            raise InvalidInput(f"{self.uri} is locked or damaged.", remedy="Unpack it and ingest the files.") from error
        except _UNREADABLE as error:
            raise InvalidInput(f"{self.uri} is damaged: it cannot be unpacked.", remedy=_AGAIN) from error


def archive_entries(data: bytes, file: Readable, *, budget: Budget, depth: int) -> Iterator[Readable]:
    """Yield the files of an archive, in order; what must not or cannot be unpacked is Unavailable, with the reason.

    Names are below the archive's own, whatever they say; folders, links and a system's hidden files are left out.
    Raises InvalidInput, naming the archive, if it cannot be opened or holds too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        names = decoded_names(entries)
    except (*_UNREADABLE, NotImplementedError) as error:
        raise InvalidInput(f"{file.uri} is damaged: it cannot be unpacked.", remedy=_AGAIN) from error
    budget.enter(file.uri, entries=len(entries), depth=depth)
    taken: set[str] = set()
    for entry, name in zip(entries, names, strict=True):
        path = safe_name(name)
        if not _is_file(entry, name) or is_hidden(path):
            continue
        inside = ArchiveEntry(f"{file.uri}/{unique(path, taken)}", archive, entry, notes=file.notes)
        try:
            budget.take(inside.uri, size=entry.file_size, packed=entry.compress_size)
        except InvalidInput as error:
            yield Unavailable(inside.uri, error.message, error.remedy)
        else:
            yield inside
    if not taken:
        raise InvalidInput(f"{file.uri} holds no files.", remedy="Check that it is the right archive.")


def _is_file(entry: zipfile.ZipInfo, name: str) -> bool:
    return not name.endswith(("/", "\\")) and not stat.S_ISLNK(entry.external_attr >> 16)
