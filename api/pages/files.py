"""The files of the pages, by the paths that they are served at."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["ENTRIES", "STATIC", "Entry", "PageFile", "found", "loaded"]

STATIC: Final = Path(__file__).parent / "static"
PREFIX: Final = "/pages/"
EMBEDDED: Final = ("/sidebar/", "/chat/", "/shared/")  # what pages of others load, under shorter names
MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
PACKED: Final = (".css", ".html", ".js", ".json", ".svg")


@dataclass(frozen=True, slots=True)
class Entry:
    """An HTML page with an address of its own; the addresses below it show it too.

    `frame_ancestors` are the sources of the Content Security Policy that may show it in a frame; where it is `framed`,
    the `page_origins` of the settings may, too.
    """

    file: str
    frame_ancestors: str = "'none'"
    framed: bool = False


ENTRIES: Final[Mapping[str, Entry]] = {
    "/console": Entry("console/index.html"),
    "/sidebar/demo": Entry("demo/sidebar.html"),
    "/sidebar/frame": Entry("sidebar/frame.html", "'self'", framed=True),
    "/chat/demo": Entry("demo/chat.html"),
}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file as it is sent: plain, packed (empty where that does not help), and the tag of its content."""

    media_type: str
    content: bytes
    packed: bytes
    etag: str


@cache
def _known() -> Mapping[str, Path]:
    """Return every file by its path below the folder: nothing else can be asked for."""
    return {
        path.relative_to(STATIC).as_posix(): path for path in sorted(STATIC.rglob("*")) if path.suffix in MEDIA_TYPES
    }


def found(path: str) -> tuple[str, Entry | None] | None:
    """Return the file that the path of a request means, with its entry if it is one; None for paths of others."""
    for address, entry in ENTRIES.items():
        if path == address or path.startswith(f"{address}/"):
            return entry.file, entry
    if path.startswith(EMBEDDED):
        return path.removeprefix("/"), None
    return (path.removeprefix(PREFIX), None) if path.startswith(PREFIX) else None


def loaded(name: str) -> PageFile | None:
    """Return a file, read once for as long as it stays as it is; None if there is none of that name."""
    path = _known().get(name)
    return _read(path, path.stat().st_mtime_ns) if path else None


@cache
def _read(path: Path, _: int) -> PageFile:
    content = path.read_bytes()
    packed = gzip.compress(content, 6, mtime=0) if path.suffix in PACKED else b""
    return PageFile(MEDIA_TYPES[path.suffix], content, packed, f'"{hashlib.sha256(content).hexdigest()[:16]}"')
