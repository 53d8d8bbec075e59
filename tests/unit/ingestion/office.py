"""Build small office files for tests: workbooks, presentations, OpenDocument files, books."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pptx
from openpyxl.workbook.workbook import Workbook
from pptx.presentation import Presentation

__all__ = ["book", "deck", "odf", "old_workbook", "repacked", "workbook"]

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for prefix, uri in (
        *((each, each) for each in ("office", "style", "text", "table", "presentation", "meta")),
        *(("draw", "drawing"), ("svg", "svg-compatible")),
    )
)
_PAGE = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>%s</body></html>'


def workbook(build: Callable[[Workbook], object]) -> bytes:
    """Return the .xlsx that `build` fills; its first sheet is there and empty."""
    made = openpyxl.Workbook()
    build(made)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def old_workbook(build: Callable[[Any], object]) -> bytes:
    """Return the .xls that `build` fills, through xlwt."""
    import xlwt  # type: ignore[import-untyped]

    made = xlwt.Workbook()
    build(made)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def deck(build: Callable[[Presentation], object]) -> bytes:
    """Return the .pptx that `build` fills."""
    made = pptx.Presentation()
    build(made)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def odf(kind: str, body: str, *, styles: str = "", meta: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """Return an OpenDocument file; `kind` is "text", "spreadsheet" or "presentation"."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    content = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:{kind}>{body}"
    entries = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": (
            f"{head}<office:document-content {_NAMESPACES}>{content}</office:{kind}></office:body>"
            "</office:document-content>"
        ).encode(),
        "meta.xml": (
            f'{head}<office:document-meta {_NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
            f"{meta}</office:meta></office:document-meta>"
        ).encode(),
        **(extra or {}),
    }
    return _zip(entries)


def book(chapters: Sequence[str], *, metadata: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """Return an EPUB with the chapters' bodies in a folder, in that order."""
    items = "".join(
        f'<item id="c{at}" href="text/c%20{at}.xhtml" media-type="application/xhtml+xml"/>'
        for at in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="OPS/package.opf"/></rootfiles></container>'
    entries = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": container.encode(),
        "OPS/package.opf": package.encode(),
        **{f"OPS/text/c {at}.xhtml": (_PAGE % chapter).encode() for at, chapter in enumerate(chapters)},
        **(extra or {}),
    }
    return _zip(entries)


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """Return the archive with entries replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    return _zip(entries | changes)


def _zip(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return target.getvalue()
