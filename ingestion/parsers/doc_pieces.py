"""The text of a Word document of 1997-2003, taken from its piece table.

Offsets, flags and structures: [MS-DOC] 2.5 (FIB), 2.4.1 and 2.8.35 (piece table), 2.9.38 (Clx).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from engine.errors import InvalidInput

__all__ = ["DocFile", "Stretch", "read_doc"]

_MAGIC = 0xA5EC
_ENCRYPTED, _TABLE_STREAM = 0x0100, 0x0200  # flags of the FIB
_COMPRESSED = 0x40000000
_STORIES = range(
    0x4C, 0x6C, 4
)  # lengths: text, footnotes, headers, macros, comments, endnotes, text boxes, boxes in headers
_KEPT = (True, True, False, False, False, True, True, False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text; its first character stands at byte `offset` of the stream, each takes `width` bytes."""

    text: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class DocFile:
    """The main stream, the table stream, and the text that is worth reading, piece by piece."""

    main: bytes
    table: bytes
    stretches: tuple[Stretch, ...]


def read_doc(main: bytes, tables: tuple[bytes, bytes], *, name: str) -> DocFile:
    """Return the pieces of the text, footnotes, endnotes and text boxes, without headers, footers and comments.

    Raises InvalidInput for a document that is encrypted or older than Word 97, struct.error for one that is damaged.
    """
    magic, version = struct.unpack_from("<HH", main)
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if flags & _ENCRYPTED:
        raise InvalidInput(f"{name} is encrypted.", remedy="Save it without a password.")
    if magic != _MAGIC or version < 0xC1:
        raise InvalidInput(f"{name} was made by a Word older than 97.", remedy="Save it as .docx.")
    table = tables[bool(flags & _TABLE_STREAM)]
    start, length = struct.unpack_from("<II", main, 0x01A2)
    pieces = _pieces(main, table[start : start + length])
    return DocFile(main, table, tuple(_kept(pieces, struct.unpack_from("<8i", main, _STORIES.start))))


def _pieces(main: bytes, clx: bytes) -> list[Stretch]:
    at = 0
    while clx[at] == 1:  # properties, which do not matter here
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    (length,) = struct.unpack_from("<I", clx, at + 1)
    count = (length - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    pieces: list[Stretch] = []
    for number in range(count):
        (place,) = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)
        characters = bounds[number + 1] - bounds[number]
        if place & _COMPRESSED:
            offset = (place & ~_COMPRESSED) // 2
            text = main[offset : offset + characters].decode("cp1252", "replace")
            pieces.append(Stretch(text, offset, 1))
        else:
            text = main[place : place + 2 * characters].decode("utf-16-le", "replace")
            pieces.append(Stretch(text, place, 2))
    return pieces


def _kept(pieces: list[Stretch], lengths: tuple[int, ...]) -> list[Stretch]:
    """Cut the pieces where one story ends and the next begins, and leave out stories that are not to be read."""
    bounds = [(sum(lengths[:at]), sum(lengths[: at + 1])) for at in range(len(lengths))]
    wanted = [bound for bound, keep in zip(bounds, _KEPT, strict=True) if keep]
    kept: list[Stretch] = []
    at = 0
    for piece in pieces:
        for first, last in wanted:
            start, stop = max(first - at, 0), min(last - at, len(piece.text))
            if start < stop:
                kept.append(Stretch(piece.text[start:stop], piece.offset + start * piece.width, piece.width))
        at += len(piece.text)
    return kept
