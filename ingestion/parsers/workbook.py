"""Compose what all spreadsheet formats have in common: title, hidden sheets, macros."""

from __future__ import annotations

from collections.abc import Sequence

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.description import DIRT, Fields, document, stem
from ingestion.parsers.sheet_writer import SheetWriter

__all__ = ["workbook"]


def workbook(
    sheets: SheetWriter, *, name: str, fields: Fields, hidden: Sequence[str], warnings: Sequence[str]
) -> ParsedDocument:
    """Return a workbook as a document; its title is its own or the file's name, never that of a sheet.

    `hidden` are the names of sheets that were left out.
    """
    left_out = [f"Hidden sheets were left out: {', '.join(hidden)}."] if hidden else []
    dirt = (DIRT,) if sheets.dirty else ()
    title = str(fields.get("title") or stem(name))
    return document(sheets.writer.pieces, name=name, title=title, fields=fields, warnings=[*warnings, *left_out, *dirt])
