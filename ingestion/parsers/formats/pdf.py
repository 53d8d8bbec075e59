"""PDF: the text layer by pages, its lines put together again."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.description import document
from ingestion.parsers.pdf_layout import without_running_lines, write_lines
from ingestion.parsers.pdf_lines import Line, page_lines
from ingestion.parsers.writer import PieceWriter

__all__ = ["PARSER", "PdfParser"]

_PDFIUM = threading.Lock()  # PDFium must not be entered by two threads at once
# Titles that programs fill in by themselves: their own name, or that of the file.
_USELESS = re.compile(r"untitled.*|powerpoint presentation|(microsoft \w+ - )?.*\.\w{3,4}|document\d*|slide \d+", re.I)
_PROPERTIES = ("Title", "Author", "Subject", "Keywords")


@dataclass(frozen=True, slots=True)
class PdfParser:
    """Parses the text layer of PDFs with PDFium."""

    format: str = "PDF"
    extensions: tuple[str, ...] = (".pdf",)

    def recognizes(self, data: bytes) -> bool:
        """Tell whether the mark of a PDF stands near the beginning."""
        return b"%PDF-" in data[:1024]

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text with page numbers, without running headers and footers."""
        with _PDFIUM:
            pages, properties = _read(data, name)
        if not any(pages):
            raise InvalidInput(
                f"{name} is scanned: it has no text layer.",
                remedy="It needs OCR, which this release cannot do yet: ingest a version with text.",
            )
        writer = PieceWriter()
        write_lines(without_running_lines(pages), writer)
        return document(writer.pieces, name=name, fields=properties)


def _read(data: bytes, name: str) -> tuple[list[list[Line]], dict[str, object]]:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, str(error)) from error
    try:
        pages = [page_lines(pdf[index], index + 1) for index in range(len(pdf))]
        named = pdf.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, "") from error
    finally:
        pdf.close()
    useful = {key: named[key] for key in _PROPERTIES if named.get(key) and not _USELESS.fullmatch(named[key].strip())}
    return pages, dict(useful)


def _unreadable(name: str, message: str) -> InvalidInput:
    if "password" in message.lower():
        return InvalidInput(f"{name} is encrypted.", remedy="Save it without a password.")
    return InvalidInput(f"{name} is not a readable PDF.", remedy="Open it in a viewer and save or print it again.")


PARSER = PdfParser()
