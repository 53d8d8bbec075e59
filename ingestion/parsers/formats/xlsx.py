"""Excel workbooks (.xlsx): sheets as sections, each row of a table with its headers."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.containers import Container, zip_kind
from ingestion.parsers.number_format import shown
from ingestion.parsers.ooxml import core_fields, drawing_texts, open_office
from ingestion.parsers.ooxml_charts import write_charts
from ingestion.parsers.reading import macro_warnings, reading
from ingestion.parsers.sheet_merges import Merges, merges_of
from ingestion.parsers.sheet_writer import SheetWriter
from ingestion.parsers.workbook import workbook
from ingestion.parsers.writer import PieceWriter

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

__all__ = ["PARSER", "XlsxParser"]

_REMEDY = "Open it in a spreadsheet program and save it again as .xlsx."


@dataclass(frozen=True, slots=True)
class XlsxParser:
    """Parses .xlsx with openpyxl, row by row."""

    format: str = "Excel"
    extensions: tuple[str, ...] = (".xlsx", ".xlsm", ".xltx", ".xltm")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is a zip archive with a workbook in it."""
        return zip_kind(data) is Container.EXCEL

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the visible sheets; hidden ones are left out with a warning, formulas show their stored results."""
        archive = open_office(data, name=name)
        sheet_writer = SheetWriter(PieceWriter(), name=name)
        with reading(name, "Excel workbook", remedy=_REMEDY), _workbook(data) as book:
            sheets: list[Any] = [book[title] for title in book.sheetnames]
            hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
            for sheet in sheets:
                if sheet.title not in hidden and hasattr(sheet, "iter_rows"):
                    sheet_writer.heading(sheet.title)
                    with archive.open(sheet._worksheet_path) as part:
                        merges = merges_of(part)
                    _write(sheet, merges, sheet_writer)
            sheet_writer.end()
            for text in drawing_texts(archive, ("xl/drawings/",)):
                sheet_writer.writer.paragraph(text)
            write_charts(archive, "xl/charts/", sheet_writer.writer)
            fields = core_fields(archive)
        return workbook(sheet_writer, name=name, fields=fields, hidden=hidden, warnings=macro_warnings(data))


@contextmanager
def _workbook(data: bytes) -> Iterator[Workbook]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about extensions and styles that are not read
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            yield book
        finally:
            book.close()


def _write(sheet: Any, merges: Merges, writer: SheetWriter) -> None:
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts, copies = merges.spread(number, [_text(cell) for cell in cells])
        writer.row(texts, copies)


def _text(cell: Any) -> str:
    value = cell.value
    return value if isinstance(value, str) else "" if value is None else shown(value, cell.number_format or "General")


PARSER = XlsxParser()
