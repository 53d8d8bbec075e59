"""Word documents (.docx): headings, lists with their numbers, tables, core properties."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.description import document
from ingestion.parsers.html_tables import read_table
from ingestion.parsers.html_tree import parse_html
from ingestion.parsers.unstructured_adapter import Element, partition_word
from ingestion.parsers.word_errors import reading_word
from ingestion.parsers.word_markup import flattened
from ingestion.parsers.writer import PieceWriter

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["PARSER", "DocxParser"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NUMBERED = re.compile(
    r"[(（]?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十]{1,3})[.)）、．]\s|第?\d{1,3}\S{0,2}\s|[①-⑳]"
)
_LARGEST = 400_000_000  # bytes of XML after unpacking; more is a zip bomb


@dataclass(frozen=True, slots=True)
class DocxParser:
    """Parses .docx through unstructured."""

    format: str = "Word"
    extensions: tuple[str, ...] = (".docx",)

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is a zip archive with a Word document in it."""
        return data.startswith(b"PK") and b"word/document.xml" in data  # names in an archive are not compressed

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the document's text; tracked changes are taken as accepted, headers and footers left out."""
        _check(data, name)
        word = _open(data, name)
        writer = PieceWriter()
        with reading_word(name):
            plain = flattened(word)
            properties = _properties(word)
        for element in partition_word(plain, name=name):
            _write(element, writer)
        return document(writer.pieces, name=name, fields=properties)


def _check(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise InvalidInput(f"{name} is encrypted.", remedy="Save it without a password.")
        raise InvalidInput(f"{name} is in the old Word format.", remedy="Save it as .docx.")
    with reading_word(name):
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    if sum(entry.file_size for entry in entries if entry.filename.endswith(".xml")) > _LARGEST:
        raise InvalidInput(f"{name} is too large when unpacked.", remedy="Split it into smaller documents.")


def _open(data: bytes, name: str) -> WordDocument:
    import docx

    with reading_word(name):
        return docx.Document(io.BytesIO(data))


def _write(element: Element, writer: PieceWriter) -> None:
    writer.page = element.page
    if element.category == "Title":
        writer.heading(element.text, element.depth + 1)
    elif element.category == "ListItem":
        marker = "" if _NUMBERED.match(element.text) else "- "
        writer.list_item(marker + element.text, element.depth)
    elif element.category == "Table":
        _write_table(element, writer)
    elif element.category not in {"Header", "Footer", "PageBreak"}:
        writer.paragraph(element.text)


def _write_table(element: Element, writer: PieceWriter) -> None:
    root = parse_html(element.html) if element.html else None
    tables = [] if root is None else list(root.iter("table"))
    table = read_table(tables[0]) if tables else None
    if table is None:  # one column or one cell: a frame around text
        writer.paragraph(element.text)
    else:
        writer.table(table)


def _properties(word: WordDocument) -> dict[str, object]:
    core = word.core_properties
    fields = {
        "title": "" if core.title == "Word Document" else core.title,
        "author": core.author,
        "subject": core.subject,
        "category": core.category,
        "keywords": core.keywords.replace(";", ","),
        "language": core.language,
    }
    return {name: value for name, value in fields.items() if value}


PARSER = DocxParser()
