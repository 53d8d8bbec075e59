"""Word documents in the format of 1997-2003 (.doc)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.domain.knowledge import ParsedDocument
from ingestion.normalize import HARD_BREAK, reflow
from ingestion.parsers.containers import Container, ole_kind
from ingestion.parsers.description import document
from ingestion.parsers.doc_pieces import DocFile, read_doc
from ingestion.parsers.doc_properties import Paragraph, Paragraphs, read_paragraphs
from ingestion.parsers.ole import ole_fields, ole_streams, refuse_encrypted, stream
from ingestion.parsers.reading import macro_warnings, reading
from ingestion.parsers.sheet_writer import write_grid
from ingestion.parsers.writer import PieceWriter

__all__ = ["PARSER", "DocParser"]

_CELL, _PARAGRAPH, _SECTION, _LINE = "\x07", "\r", "\x0c", "\x0b"
_END = re.compile("[\x07\r\x0c]")
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")  # instruction, what it shows
_ANCHORS = re.compile("[\x01-\x06\x08\x0e-\x1d\x1f]")
_DEEPEST_FIELDS = 20


@dataclass(frozen=True, slots=True)
class DocParser:
    """Parses .doc from its streams."""

    format: str = "Word 97-2003"
    extensions: tuple[str, ...] = (".doc", ".dot")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is a compound file with a Word document in it."""
        return ole_kind(data) is Container.OLD_WORD

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text with headings and tables; list items have no numbers, headers and comments are left out."""
        refuse_encrypted(data, name=name)
        writer = PieceWriter()
        with reading(name, "Word document", remedy="Open it in a word processor and save it as .docx."):
            with ole_streams(data) as ole:
                tables = (stream(ole, "0Table"), stream(ole, "1Table"))
                doc = read_doc(stream(ole, "WordDocument"), tables, name=name)
            _Composer(writer, name).write(doc)
        return document(writer.pieces, name=name, fields=ole_fields(data), warnings=macro_warnings(data))


@dataclass(slots=True)
class _Composer:
    writer: PieceWriter
    name: str
    rows: list[list[str]] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)

    def write(self, doc: DocFile) -> None:
        for text, mark, paragraph in _paragraphs(doc):
            if paragraph.ends_row:
                self.rows.append(self.row)
                self.row, self.cell = [], []
            elif mark == _CELL or paragraph.in_table:
                self.cell.append(_shown(text))
                if mark == _CELL:
                    self.row.append(" ".join(filter(None, self.cell)))
                    self.cell = []
            else:
                self._end_table()
                self._paragraph(text, paragraph)
        self._end_table()

    def _paragraph(self, text: str, paragraph: Paragraph) -> None:
        text = _shown(text)
        if paragraph.heading:
            self.writer.heading(text.replace("\n", " "), paragraph.heading)
        elif paragraph.list_level is not None and text:
            self.writer.list_item(f"- {text}", paragraph.list_level)
        else:
            self.writer.paragraph(text)

    def _end_table(self) -> None:
        rows = [*self.rows, *([[*self.row, *self.cell]] if self.row or self.cell else [])]
        if rows:
            write_grid(rows, self.writer, name=self.name)
        self.rows, self.row, self.cell = [], [], []


def _paragraphs(doc: DocFile) -> Iterator[tuple[str, str, Paragraph]]:
    """Yield each paragraph's text, the character that ends it, and its properties, which belong to that character."""
    properties = _properties(doc)
    open_text = ""
    for stretch in doc.stretches:
        start = 0
        for end in _END.finditer(stretch.text):
            text = open_text + stretch.text[start : end.start()]
            yield text, end[0], properties.at(stretch.offset + end.start() * stretch.width)
            open_text, start = "", end.end()
        open_text += stretch.text[start:]
    if open_text:
        yield open_text, _PARAGRAPH, Paragraph()


def _properties(doc: DocFile) -> Paragraphs:
    """Return the properties of paragraphs, or none where they are damaged, because the text is more important."""
    try:
        return read_paragraphs(doc)
    except (struct.error, IndexError, ValueError):
        return Paragraphs()


def _shown(text: str) -> str:
    """Return what a reader sees: the results of fields, no anchors of pictures and notes."""
    for _ in range(_DEEPEST_FIELDS):
        text, count = _FIELD.subn(lambda found: found[1] or "", text)
        if not count:
            break
    return reflow(_ANCHORS.sub("", text.replace(_LINE, HARD_BREAK).replace("\x1e", "-")))


PARSER = DocParser()
