"""Small office files and other archives."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

__all__ = ["docx", "epub", "open_document", "pptx", "xlsx", "zipped"]

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = f'xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0" xmlns:table="{_OASIS}:table:1.0"'
_SPACES += f' xmlns:draw="{_OASIS}:drawing:1.0"'
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_OPF = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">1</dc:identifier><dc:title>Help</dc:title>
<dc:language>en</dc:language></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="a"/></spine></package>"""
_CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""


def zipped(members: dict[str, bytes]) -> bytes:
    """Return an archive; a member called mimetype is stored without compression."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            archive.writestr(info, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return found.getvalue()


def docx(lines: list[str]) -> bytes:
    """Return a Word document with headings, lists and a table."""
    from docx import Document

    document = Document()
    document.add_heading(lines[0], 1)
    for line in lines:
        document.add_paragraph(line, style="List Bullet")
    table = document.add_table(2, 2)
    for cell, line in zip(table._cells, lines * 4, strict=False):
        cell.text = line
    return _saved(document.save)


def xlsx(lines: list[str]) -> bytes:
    """Return an Excel workbook with two sheets, merged cells, a date and a formula."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet("First", 0)
    sheet.append(["Number", "Text", "Share"])
    for number, line in enumerate(lines):
        sheet.append([number, line, 0.5])
    sheet.append(["=SUM(A2:A3)"])
    sheet.merge_cells("A1:B1")
    book.create_sheet("Other").append(lines[:2])
    return _saved(book.save)


def pptx(lines: list[str]) -> bytes:
    """Return a presentation with a title, a list, a table and notes."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = lines[0]
    slide.placeholders[1].text = "\n".join(lines)
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    for cell, line in zip(table.iter_cells(), lines, strict=False):
        cell.text = line
    slide.notes_slide.notes_text_frame.text = lines[-1]
    return _saved(deck.save)


def epub(lines: list[str]) -> bytes:
    """Return a book of one chapter."""
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    page = (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><h1>A</h1>{body}</body></html>'
    )
    members = {"mimetype": b"application/epub+zip", "META-INF/container.xml": _CONTAINER.encode()}
    return zipped({**members, "c.opf": _OPF.encode(), "a.xhtml": page.encode()})


def open_document(kind: str) -> Callable[[list[str]], bytes]:
    """Return what makes an OpenDocument file of that file name extension of lines of text."""
    name, mime, shape = {
        "odt": ("text", "text", '<text:h text:outline-level="1">T</text:h>{0}'),
        "ods": ("spreadsheet", "spreadsheet", '<table:table table:name="S">{1}</table:table>'),
        "odp": (
            "presentation",
            "presentation",
            '<draw:page draw:name="P"><draw:frame><draw:text-box>{0}</draw:text-box></draw:frame></draw:page>',
        ),
    }[kind]

    def make(lines: list[str]) -> bytes:
        paragraphs = [f"<text:p>{escape(line)}</text:p>" for line in lines]
        rows = (
            f"<table:table-row><table:table-cell>{each}</table:table-cell></table:table-row>" for each in paragraphs
        )
        body = shape.format("".join(paragraphs), "".join(rows))
        inside = f"<office:body><office:{name}>{body}</office:{name}></office:body>"
        content = f'<?xml version="1.0"?><office:document-content {_SPACES}>{inside}</office:document-content>'
        return zipped(
            {"mimetype": f"application/vnd.oasis.opendocument.{mime}".encode(), "content.xml": content.encode()}
        )

    return make


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    """Return what is saved without the time of saving: a file must be the same whenever it is made."""
    found = io.BytesIO()
    save(found)
    with zipfile.ZipFile(found) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped({name: _TIME.sub(b"2020-01-01T00:00:00Z", data) for name, data in members.items()})
