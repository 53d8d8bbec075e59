"""What the paragraphs of a Word document of 1997-2003 are: headings, list items, cells and ends of table rows.

Structures: [MS-DOC] 2.8.25 (PlcBtePapx), 2.9.182 (PapxFkp), 2.9.175 (PapxInFkps), 2.6.2 (properties of paragraphs).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass, field

from ingestion.parsers.doc_pieces import DocFile

__all__ = ["Paragraph", "Paragraphs", "read_paragraphs"]

_PAGE = 512  # bytes
_BODY = 9  # outline level of what is no heading
_IN_TABLE, _ROW_END, _OUTLINE, _LIST, _LIST_LEVEL = 0x2416, 0x2417, 0x2640, 0x460B, 0x260A
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes of an operand by the top three bits of its code
_TABLE_DEFINITION = 0xD608


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Properties of a paragraph; `heading` is 1-9, 0 for none; `list_level` counts from 0, None outside of lists."""

    heading: int = 0
    list_level: int | None = None
    in_table: bool = False
    ends_row: bool = False


@dataclass(slots=True)
class Paragraphs:
    """The paragraphs by the bytes of the main stream that they take."""

    _starts: list[int] = field(default_factory=list)
    _found: list[Paragraph] = field(default_factory=list)

    def at(self, offset: int) -> Paragraph:
        """Return the paragraph that a byte of the main stream belongs to."""
        index = bisect_right(self._starts, offset) - 1
        return self._found[index] if index >= 0 else Paragraph()


def read_paragraphs(doc: DocFile) -> Paragraphs:
    """Return the properties of all paragraphs; struct.error where the document is damaged."""
    start, length = struct.unpack_from("<II", doc.main, 0x0102)
    count = (length - 4) // 8
    pages = struct.unpack_from(f"<{count}I", doc.table, start + 4 * (count + 1))
    rows: list[tuple[int, Paragraph]] = []
    for page in pages:
        rows += _page(doc.main[(page & 0x3FFFFF) * _PAGE :][:_PAGE])
    rows.sort(key=lambda row: row[0])
    return Paragraphs([offset for offset, _ in rows], [paragraph for _, paragraph in rows])


def _page(page: bytes) -> list[tuple[int, Paragraph]]:
    count = page[_PAGE - 1]
    offsets = struct.unpack_from(f"<{count + 1}I", page)
    rows: list[tuple[int, Paragraph]] = []
    for number in range(count):
        at = 2 * page[4 * (count + 1) + 13 * number]
        properties = b""
        if at and page[at]:
            properties = page[at + 1 : at + 2 * page[at]]
        elif at:
            properties = page[at + 2 : at + 2 + 2 * page[at + 1]]
        rows.append((offsets[number], _paragraph(properties)))
    return rows


def _paragraph(properties: bytes) -> Paragraph:
    if len(properties) < 2:
        return Paragraph()
    (style,) = struct.unpack_from("<H", properties)
    found = _modifiers(properties[2:])
    level = found.get(_OUTLINE, style - 1 if 1 <= style <= 9 else _BODY)  # styles 1-9 are the headings in any language
    return Paragraph(
        heading=level + 1 if level < _BODY else 0,
        list_level=found.get(_LIST_LEVEL, 0) if found.get(_LIST) else None,
        in_table=bool(found.get(_IN_TABLE)),
        ends_row=bool(found.get(_ROW_END)),
    )


def _modifiers(properties: bytes) -> dict[int, int]:
    """Return the single property modifiers: their codes, and the numbers that they set."""
    found: dict[int, int] = {}
    at = 0
    while at + 3 <= len(properties):
        (code,) = struct.unpack_from("<H", properties, at)
        at += 2
        if code == _TABLE_DEFINITION:
            size = struct.unpack_from("<H", properties, at)[0] + 1
        else:
            size = _SIZES.get(code >> 13, properties[at] + 1)
        found[code] = int.from_bytes(properties[at : at + size], "little")
        at += size
    return found
