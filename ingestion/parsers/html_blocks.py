"""Write the blocks of an HTML tree in reading order."""

from __future__ import annotations

import re

from ingestion.normalize import HARD_BREAK, reflow
from ingestion.parsers.html_tables import read_table
from ingestion.parsers.html_tree import BLOCK_TAGS, SILENT_TAGS, Element, attribute, flat_text, tag_of
from ingestion.parsers.writer import PieceWriter

__all__ = ["write_blocks"]

_MAX_DEPTH = 150  # deeper trees are read as flat text
_EMPTY_LINE = re.compile(rf"{HARD_BREAK}\s*{HARD_BREAK}")  # people write <br><br> for a new paragraph
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def write_blocks(element: Element, writer: PieceWriter) -> None:
    """Write everything inside `element`; what stands outside of lists, tables and headings becomes paragraphs."""
    _Walk(writer).element(element)


class _Walk:
    def __init__(self, writer: PieceWriter) -> None:
        self._writer = writer
        self._inline: list[str] = []
        self._depth = 0
        self._level = 1  # of the last heading

    def element(self, element: Element) -> None:
        self._children(element)
        self._flush()

    def _children(self, element: Element) -> None:
        self._inline.append(element.text or "")
        self._depth += 1
        for child in element:
            self._child(child)
            self._inline.append(child.tail or "")
        self._depth -= 1

    def _child(self, child: Element) -> None:
        tag = tag_of(child)
        if tag in SILENT_TAGS or not tag:
            return
        if tag == "br":
            self._inline.append(HARD_BREAK)
        elif tag == "img":
            self._inline.append(attribute(child, "alt"))
        elif tag not in BLOCK_TAGS and self._depth < _MAX_DEPTH:
            self._children(child)
        else:
            self._flush()
            self._block(child, tag)
            self._flush()

    def _block(self, child: Element, tag: str) -> None:
        if self._depth >= _MAX_DEPTH:
            self._writer.paragraph(flat_text(child))
        elif tag in _HEADINGS:
            self._heading(child, _HEADINGS[tag])
        elif tag == "summary":
            self._heading(child, min(self._level + 1, 6), remember=False)
        elif tag in {"ul", "ol", "menu", "dir"}:
            self._list(child, tag)
        elif tag == "dl":
            self._definitions(child)
        elif tag == "table" and (table := read_table(child)) is not None:
            for caption in child.iterchildren("caption"):
                self._writer.paragraph(flat_text(caption))
            self._writer.table(table)
        elif tag == "pre":
            self._writer.code("".join(child.itertext()))
        else:
            self._children(child)

    def _heading(self, child: Element, level: int, *, remember: bool = True) -> None:
        self._writer.heading(flat_text(child), level)
        self._level = level if remember else self._level

    def _list(self, element: Element, tag: str) -> None:
        self._writer.open_list((_number(element, "start") or 1) if tag == "ol" else None)
        for item in element:
            if tag_of(item) == "li":
                self._writer.open_item(_number(item, "value"))
                self.element(item)
            else:  # a list right inside a list, or stray content
                self._child(item)
                self._flush()
        self._writer.close_list()

    def _definitions(self, element: Element) -> None:
        """Write terms and definitions as lines that belong together; definitions with structure as blocks."""
        if element.xpath(".//ul|.//ol|.//table|.//pre"):
            self._children(element)
            return
        texts = [flat_text(part) for part in element.iter("dt", "dd")]
        if self._writer.in_list:
            for text in texts:
                self._writer.paragraph(text)
        else:
            self._writer.lines(texts)

    def _flush(self) -> None:
        paragraphs = _EMPTY_LINE.split("".join(self._inline))
        self._inline.clear()
        for text in filter(None, map(reflow, paragraphs)):
            self._writer.paragraph(text)


def _number(element: Element, name: str) -> int | None:
    """Return a number that is an attribute of the element; None for none, or one that nobody counts to."""
    value = attribute(element, name)
    return int(value) if value.isdecimal() and len(value) < 10 else None
