"""Small archives for tests, good and bad."""

from __future__ import annotations

import io
import zipfile

from engine.errors import InvalidInput
from ingestion.expanding import ExpandLimits, expand
from ingestion.sources.values import MemoryFile, Readable

__all__ = ["failures", "raw_name", "taken", "uris", "zipped"]


def zipped(*entries: tuple[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive with these entries; names may occur twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = method
            with archive.open(entry, "w") as opened:
                opened.write(data.encode() if isinstance(data, str) else data)
    return buffer.getvalue()


def raw_name(name: bytes, data: bytes = b"x") -> bytes:
    """Return an archive whose only entry has a name in an encoding of its own, as old programs wrote it."""
    return zipped(("Q" * len(name), data), method=zipfile.ZIP_STORED).replace(b"Q" * len(name), name)


def taken(data: bytes, name: str = "a.zip", limits: ExpandLimits | None = None) -> list[Readable]:
    """Return what a file expands into."""
    return list(expand(MemoryFile(name, data), limits=limits))


def uris(data: bytes, name: str = "a.zip", limits: ExpandLimits | None = None) -> list[str]:
    """Return the uris of what a file expands into."""
    return [file.uri for file in taken(data, name, limits)]


def failures(data: bytes, name: str = "a.zip", limits: ExpandLimits | None = None) -> dict[str, str]:
    """Return what cannot be read of what a file expands into, and why."""
    found: dict[str, str] = {}
    for file in taken(data, name, limits):
        try:
            file.read()
        except InvalidInput as error:
            found[file.uri] = error.message if error.remedy else "no remedy"
    return found
