"""PDF: the text layer by pages, its lines put together again; pages without a usable one are read by OCR."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.ocr.options import OcrOptions
from ingestion.ocr.reader import PageReader, page_reader
from ingestion.paging import PageDone, Parsing, document_of
from ingestion.parsers.pdf_lines import Line, page_lines
from ingestion.parsers.pdf_scans import is_garbled, is_scanned, page_image
from ingestion.parsers.scans import PageLines, scanned_document

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

__all__ = ["PARSER", "PdfParser"]

_PDFIUM = threading.Lock()  # PDFium must not be entered by two threads at once
# Titles that programs fill in by themselves: their own name, or that of the file.
_USELESS = re.compile(r"untitled.*|powerpoint presentation|(microsoft \w+ - )?.*\.\w{3,4}|document\d*|slide \d+", re.I)
_PROPERTIES = ("Title", "Author", "Subject", "Keywords")


@dataclass(frozen=True, slots=True)
class PdfParser:
    """Parses PDFs with PDFium; `reader` reads scanned pages instead of the one for `ocr` where it is given."""

    format: str = "PDF"
    extensions: tuple[str, ...] = (".pdf",)
    ocr: OcrOptions = field(default_factory=OcrOptions)
    reader: PageReader | None = None

    def recognizes(self, data: bytes) -> bool:
        """Tell whether the mark of a PDF stands near the beginning."""
        return b"%PDF-" in data[:1024]

    def with_ocr(self, options: OcrOptions) -> Self:
        """Return the parser that reads scanned pages with these options."""
        return replace(self, ocr=options)

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text with page numbers, without running headers and footers; scanned pages are read by OCR."""
        return document_of(self.by_pages(data, name=name))

    def by_pages(self, data: bytes, *, name: str) -> Parsing:
        """Parse it, and yield each page that is done."""
        pages = PageLines()
        with _opened(data, name) as pdf:
            with _PDFIUM:
                count, properties = len(pdf), _properties(pdf)
            for index in range(count):
                lines, image = _page(pdf, index)
                read = (self.reader or page_reader(self.ocr)).read(image) if image else None
                if read and read.characters >= sum(len(line.text) for line in lines):
                    pages.add_read(read)
                else:
                    pages.add_text(lines)
                    pages.by_ocr |= read is not None
                yield PageDone(index + 1, count)
        if not any(pages.pages):
            raise InvalidInput(
                f"{name} has no text, on its images neither.",
                remedy="If there is some, scan it again at 300 dpi, dark on white.",
            )
        return scanned_document(pages, name=name, fields=properties)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[PdfDocument]:
    """Open a PDF; PDFium is entered under its lock only, and what it raises meanwhile becomes InvalidInput."""
    import pypdfium2

    try:
        with _PDFIUM:
            pdf = pypdfium2.PdfDocument(data)
        try:
            yield pdf
        finally:
            with _PDFIUM:
                pdf.close()
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, str(error)) from error


def _page(pdf: PdfDocument, index: int) -> tuple[list[Line], Image | None]:
    """Return the lines of a page's text layer, and its image if it shows more than they say."""
    with _PDFIUM:
        page = pdf[index]
        lines = page_lines(page, index + 1)
        lines = [] if is_garbled(lines) else lines
        image = page_image(page) if is_scanned(page, lines) else None
        page.close()
    return lines, image


def _properties(pdf: PdfDocument) -> dict[str, object]:
    named = pdf.get_metadata_dict()
    return {key: named[key] for key in _PROPERTIES if named.get(key) and not _USELESS.fullmatch(named[key].strip())}


def _unreadable(name: str, message: str) -> InvalidInput:
    if "password" in message.lower():
        return InvalidInput(f"{name} is encrypted.", remedy="Save it without a password.")
    return InvalidInput(f"{name} is not a readable PDF.", remedy="Open it in a viewer and save or print it again.")


PARSER = PdfParser()
