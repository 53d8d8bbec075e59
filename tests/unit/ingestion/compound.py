"""Build small OLE2 compound files for tests, with the Word and PowerPoint documents of before 2007 in them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["DocParagraph", "Slide", "atom", "compound", "container", "doc", "ppt"]

_SECTOR = 512
_SMALLEST = 4096  # shorter streams would have to lie elsewhere
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file with these streams in its root ([MS-CFB] 2.2-2.6), each padded with zeros."""
    padded = {name: data.ljust(_SMALLEST, b"\0") for name, data in streams.items()}
    directory_sectors = (len(padded) + 1 + 3) // 4
    starts: dict[str, int] = {}
    fat = [_FAT, *range(2, directory_sectors + 1), _END]  # sector 0 is the table itself
    body = b""
    for name, data in padded.items():
        starts[name] = len(fat)
        count = -(-len(data) // _SECTOR)
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
        body += data.ljust(count * _SECTOR, b"\0")
    assert len(fat) <= _SECTOR // 4, "one sector of the table must do"
    names = sorted(padded, key=lambda name: (len(name), name.upper()))
    entries = [_entry("Root Entry", 5, child=1 if names else _NONE)]
    for at, name in enumerate(names, 1):
        right = at + 1 if at < len(names) else _NONE
        entries.append(_entry(name, 2, right=right, start=starts[name], size=len(padded[name])))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0),
    )
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    return header + table + directory + body


def _entry(name: str, kind: int, *, right: int = _NONE, child: int = _NONE, start: int = 0, size: int = 0) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return encoded.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI8x8xIQ", len(encoded), kind, 1, _NONE, right, child, 0, start, size
    )


@dataclass(frozen=True)
class DocParagraph:
    """A paragraph of a .doc; `properties` are its style and modifiers, `end` is the character that ends it."""

    text: str
    style: int = 0
    properties: bytes = b""
    end: str = "\r"


def doc(
    paragraphs: Sequence[DocParagraph], *, flags: int = 0x0200, compressed: bool = False, stories: Sequence[int] = ()
) -> bytes:
    """Return a Word 97 document; `stories` are the lengths of text, footnotes and so on, else all is text."""
    text = "".join(paragraph.text + paragraph.end for paragraph in paragraphs)
    encoded = text.encode("cp1252" if compressed else "utf-16-le")
    width, start = (1 if compressed else 2), 1024
    page_at = -(-(start + len(encoded)) // _SECTOR)
    fib = bytearray(start)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", fib, 0x0A, flags)
    lengths = [*stories, *[0] * 8][:8] if stories else [len(text), *[0] * 7]
    struct.pack_into("<8i", fib, 0x4C, *lengths)
    place = start * 2 | 0x40000000 if compressed else start
    pieces = struct.pack("<IIHIH", 0, len(text), 0, place, 0)
    clx = b"\x01\x02\x00ab" + b"\x02" + struct.pack("<I", len(pieces)) + pieces
    bounds = [start]
    for paragraph in paragraphs:
        bounds.append(bounds[-1] + width * (len(paragraph.text) + len(paragraph.end)))
    plc = struct.pack("<III", bounds[0], bounds[-1], page_at)
    struct.pack_into("<II", fib, 0x01A2, 0, len(clx))
    struct.pack_into("<II", fib, 0x0102, len(clx), len(plc))
    main = bytes(fib) + encoded
    main = main.ljust(page_at * _SECTOR, b"\0") + _papx_page(paragraphs, bounds)
    return compound({"WordDocument": main, "1Table": clx + plc, "0Table": b""})


def _papx_page(paragraphs: Sequence[DocParagraph], bounds: Sequence[int]) -> bytes:
    page = bytearray(_SECTOR)
    count = len(paragraphs)
    struct.pack_into(f"<{count + 1}I", page, 0, *bounds)
    at = _SECTOR - 2
    for number, paragraph in enumerate(paragraphs):
        content = struct.pack("<H", paragraph.style) + paragraph.properties
        content += b"\0" * (len(content) % 2)
        at = (at - len(content) - 2) // 2 * 2
        page[at : at + 2 + len(content)] = bytes((0, len(content) // 2)) + content
        page[4 * (count + 1) + 13 * number] = at // 2
    page[_SECTOR - 1] = count
    return bytes(page)


def atom(kind: int, content: bytes, instance: int = 0) -> bytes:
    """Return a record of PowerPoint with plain content."""
    return struct.pack("<HHI", instance << 4, kind, len(content)) + content


def container(kind: int, *inner: bytes, instance: int = 0) -> bytes:
    """Return a record of PowerPoint that holds others."""
    content = b"".join(inner)
    return struct.pack("<HHI", instance << 4 | 15, kind, len(content)) + content


@dataclass(frozen=True)
class Slide:
    """A slide: kinds and texts of its placeholders, texts of its boxes, its notes."""

    outline: Sequence[tuple[int, str]] = ()
    boxes: Sequence[str] = ()
    notes: str = ""
    hidden: bool = False


def ppt(slides: Sequence[Slide], *, token: int = 0xE391C05F) -> bytes:
    """Return a PowerPoint 97 presentation ([MS-PPT] 2.1): document, slides, notes, directory, edit."""
    stream = b""
    places: list[int] = []

    def store(record: bytes) -> int:
        nonlocal stream
        places.append(len(stream))
        stream += record
        return len(places) + 1  # number 1 is the document

    listed, noted = b"", b""
    for at, slide in enumerate(slides):
        notes_id = 500 + at if slide.notes else 0
        boxes = b"".join(_box(4, text) for text in slide.boxes)
        info = atom(1017, struct.pack("<IIHH4x", 0, 0, 0, 0)[:10] + struct.pack("<H4x", 4 if slide.hidden else 0))
        number = store(container(1006, atom(1007, bytes(16) + struct.pack("<II", notes_id, 0)), info, boxes))
        listed += atom(1011, struct.pack("<IIIII", number, 0, 0, 256 + at, 0))
        listed += b"".join(_text(kind, text) for kind, text in slide.outline)
        if slide.notes:
            number = store(container(1008, _box(2, slide.notes), _box(4, "*")))
            noted += atom(1011, struct.pack("<IIIII", number, 0, 0, notes_id, 0))
    document = len(stream)
    stream += container(1000, container(4080, listed), container(4080, noted, instance=2))
    directory = len(stream)
    stream += atom(6002, struct.pack(f"<I{len(places) + 1}I", 1 | (len(places) + 1) << 20, document, *places))
    edit = len(stream)
    stream += atom(4085, struct.pack("<IHHIIIIH2x", 256, 0, 3, 0, directory, 1, len(places) + 2, 1))
    user = atom(4086, struct.pack("<III", 20, token, edit))
    return compound({"PowerPoint Document": stream, "Current User": user})


def _text(kind: int, text: str) -> bytes:
    plain = text.isascii()
    return atom(3999, struct.pack("<I", kind)) + (
        atom(4008, text.encode("latin-1")) if plain else atom(4000, text.encode("utf-16-le"))
    )


def _box(kind: int, text: str) -> bytes:
    return container(1036, container(0xF00D, _text(kind, text)))
