"""Word documents (.docx): headings, lists with their numbers, tables, core properties."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.containers import Container, zip_kind
from ingestion.parsers.description import document
from ingestion.parsers.html_tables import read_table
from ingestion.parsers.html_tree import parse_html
from ingestion.parsers.ooxml import comment_warnings, core_fields, drawing_texts, open_office, plain_package
from ingestion.parsers.ooxml_charts import write_charts
from ingestion.parsers.reading import macro_warnings
from ingestion.parsers.unstructured_adapter import Element, partition_word
from ingestion.parsers.word_errors import reading_word
from ingestion.parsers.word_markup import flattened
from ingestion.parsers.writer import PieceWriter
from ingestion.parsers.xml_tree import parse_xml

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["PARSER", "DocxParser"]

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERED = re.compile(
    r"[(（]?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十]{1,3})[.)）、．]\s|第?\d{1,3}\S{0,2}\s|[①-⑳]"
)


@dataclass(frozen=True, slots=True)
class DocxParser:
    """Parses .docx through unstructured."""

    format: str = "Word"
    extensions: tuple[str, ...] = (".docx", ".docm", ".dotx", ".dotm")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is a zip archive with a Word document in it."""
        return zip_kind(data) is Container.WORD

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text; tracked changes are taken as accepted, headers, footers and comments left out."""
        archive = open_office(data, name=name)
        writer = PieceWriter()
        with reading_word(name):
            word = _open(plain_package(data, archive), name)
            plain = flattened(word)
        for element in partition_word(plain, name=name):
            _write(element, writer)
        with reading_word(name):
            _write_parts(archive, writer)
            fields = core_fields(archive)
        return document(
            writer.pieces, name=name, fields=fields, warnings=[*macro_warnings(data), *comment_warnings(archive)]
        )


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


def _write_parts(archive: zipfile.ZipFile, writer: PieceWriter) -> None:
    """Write what lies outside of the body: footnotes and endnotes, the texts of diagrams, the numbers of charts."""
    writer.page = None
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in archive.namelist():
            root = parse_xml(archive.read(part), name=part)
            for paragraph in root.iter(f"{_WORD}p"):
                writer.paragraph("".join(run.text or "" for run in paragraph.iter(f"{_WORD}t")))
    for text in drawing_texts(archive, ("word/diagrams/data",)):
        writer.paragraph(text)
    write_charts(archive, "word/charts/", writer)


PARSER = DocxParser()
