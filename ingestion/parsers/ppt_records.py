"""The records of a PowerPoint presentation of 1997-2003.

Structures and numbers: [MS-PPT] 2.3.1 (RecordHeader), 2.13.24 (RecordType), 2.3.2-2.3.6 (persist objects).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import InvalidInput

__all__ = ["Record", "Stored", "open_stored", "records", "walk"]

_HEADER = 8  # bytes
_USER_EDIT, _DIRECTORY = 4085, 6002
_ENCRYPTED = 0xF3D1C4DF  # token of the stream "Current User"
_MOST_EDITS = 10_000
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its type and instance, and its content, which is records again if it is a container."""

    kind: int
    instance: int
    content: bytes
    is_container: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """The objects of the last saved state by their number; `document` is the number of the document itself."""

    places: dict[int, int]
    stream: bytes
    document: int

    def record(self, number: int) -> Record:
        """Return an object; KeyError or struct.error where the file is damaged."""
        return next(records(self.stream[self.places[number] :]))


def records(content: bytes) -> Iterator[Record]:
    """Yield the records that follow each other in `content`."""
    at = 0
    while at + _HEADER <= len(content):
        version, kind, length = struct.unpack_from("<HHI", content, at)
        yield Record(kind, version >> 4, content[at + _HEADER : at + _HEADER + length], version & 15 == 15)
        at += _HEADER + length


def walk(record: Record, depth: int = 0) -> Iterator[Record]:
    """Yield all records inside a container, outer ones before inner ones."""
    for each in records(record.content):
        yield each
        if each.is_container and depth < _DEEPEST:
            yield from walk(each, depth + 1)


def open_stored(stream: bytes, current_user: bytes, *, name: str) -> Stored:
    """Find the objects of the last saved state: newer edits come first and win.

    Raises InvalidInput for an encrypted presentation, struct.error for a damaged one.
    """
    token, at = struct.unpack_from("<II", current_user, 12)
    if token == _ENCRYPTED:
        raise InvalidInput(f"{name} is encrypted.", remedy="Save it without a password.")
    places: dict[int, int] = {}
    document = 0
    for _ in range(_MOST_EDITS):
        edit = next(records(stream[at:]))
        if edit.kind != _USER_EDIT:
            raise ValueError("no edit where one is announced")
        at, directory, number = struct.unpack_from("<III", edit.content, 8)
        document = document or number
        for known, place in _directory(stream, directory):
            places.setdefault(known, place)
        if not at:
            break
    return Stored(places, stream, document)


def _directory(stream: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield numbers and places of objects; they are stored in runs of numbers that follow each other."""
    record = next(records(stream[at:]))
    if record.kind != _DIRECTORY:
        raise ValueError("no directory where one is announced")
    words = struct.unpack(f"<{len(record.content) // 4}I", record.content[: len(record.content) // 4 * 4])
    position = 0
    while position < len(words):
        first, count = words[position] & 0xFFFFF, words[position] >> 20
        yield from zip(range(first, first + count), words[position + 1 : position + 1 + count], strict=False)
        position += 1 + count
