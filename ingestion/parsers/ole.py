"""Read OLE2 compound files, the container of office documents before 2007."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.errors import InvalidInput
from ingestion.parsers.containers import Container, is_ole, ole_kind
from ingestion.parsers.reading import BROKEN

if TYPE_CHECKING:
    from olefile import OleFileIO  # type: ignore[import-untyped]

__all__ = ["ole_fields", "ole_streams", "refuse_encrypted", "stream"]


@contextmanager
def ole_streams(data: bytes) -> Iterator[OleFileIO]:
    """Open the compound file; damage in it raises errors of `ingestion.parsers.reading.BROKEN`."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        yield ole


def stream(ole: OleFileIO, name: str) -> bytes:
    """Return the content of a stream; empty if there is none of that name."""
    if not ole.exists(name):
        return b""
    with ole.openstream(name) as opened:
        content: bytes = opened.read()
    return content


def refuse_encrypted(data: bytes, *, name: str) -> None:
    """Raise InvalidInput for an office document that is locked with a password, of whatever format."""
    if ole_kind(data) is Container.ENCRYPTED:
        raise InvalidInput(f"{name} is encrypted.", remedy="Save it without a password.")


def ole_fields(data: bytes) -> dict[str, object]:
    """Return the summary properties that describe the content; empty where there are none or they are broken."""
    if not is_ole(data):
        return {}
    try:
        with ole_streams(data) as ole:
            found = ole.get_metadata()
    except BROKEN:
        return {}
    encoding = f"cp{found.codepage}" if isinstance(found.codepage, int) and found.codepage > 0 else "cp1252"
    named = {"title": found.title, "author": found.author, "subject": found.subject, "keywords": found.keywords}
    texts = {name: _decoded(value, encoding) for name, value in named.items()}
    return {name: text for name, text in texts.items() if text}


def _decoded(value: object, encoding: str) -> str:
    if not isinstance(value, bytes):
        return ""
    try:
        return value.decode("utf-8" if encoding == "cp65001" else encoding).strip()
    except (UnicodeDecodeError, LookupError):
        return ""
