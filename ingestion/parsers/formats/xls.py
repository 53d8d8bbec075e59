"""Excel workbooks in the format of 1997-2003 (.xls)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.containers import Container, ole_kind
from ingestion.parsers.number_format import shown
from ingestion.parsers.ole import ole_fields, refuse_encrypted
from ingestion.parsers.reading import macro_warnings, reading
from ingestion.parsers.sheet_merges import Merge, Merges
from ingestion.parsers.sheet_writer import SheetWriter
from ingestion.parsers.workbook import workbook
from ingestion.parsers.writer import PieceWriter

if TYPE_CHECKING:
    from xlrd import Book  # type: ignore[import-untyped]
    from xlrd.sheet import Cell, Sheet  # type: ignore[import-untyped]

__all__ = ["PARSER", "XlsParser"]

_BIFF = (b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")  # before there were compound files


@dataclass(frozen=True, slots=True)
class XlsParser:
    """Parses .xls with xlrd."""

    format: str = "Excel 97-2003"
    extensions: tuple[str, ...] = (".xls", ".xlt", ".xla")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is a compound file with a workbook in it, or an even older workbook."""
        return ole_kind(data) is Container.OLD_EXCEL or data.startswith(_BIFF)

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the visible sheets; hidden ones are left out with a warning."""
        import xlrd
        from xlrd.compdoc import CompDocError  # type: ignore[import-untyped]

        refuse_encrypted(data, name=name)
        sheets = SheetWriter(PieceWriter(), name=name)
        remedy = "Save it without a password as .xlsx."
        with reading(name, "Excel workbook", remedy=remedy, also=(xlrd.XLRDError, CompDocError)):
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO())
            hidden = _write_sheets(book, sheets)
        return workbook(sheets, name=name, fields=ole_fields(data), hidden=hidden, warnings=macro_warnings(data))


def _write_sheets(book: Book, writer: SheetWriter) -> list[str]:
    """Write the sheets that are visible; return the names of the others."""
    hidden: list[str] = []
    for at, title in enumerate(book.sheet_names()):
        sheet = book.sheet_by_index(at)
        if sheet.visibility:
            hidden.append(title)
            continue
        writer.heading(title)
        merges = Merges.of(Merge(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells)
        _write(book, sheet, merges, writer)
        book.unload_sheet(at)
    writer.end()
    return hidden


def _write(book: Book, sheet: Sheet, merges: Merges, writer: SheetWriter) -> None:
    for number in range(sheet.nrows):
        writer.row(*merges.spread(number + 1, [_text(book, cell) for cell in sheet.row(number)]))


def _text(book: Book, cell: Cell) -> str:
    import xlrd

    style = book.format_map.get(book.xf_list[cell.xf_index].format_key) if cell.xf_index is not None else None
    code = style.format_str if style else "General"
    if cell.ctype == xlrd.XL_CELL_DATE and cell.value >= 1:
        return shown(xlrd.xldate_as_datetime(cell.value, book.datemode), code)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return shown(xlrd.xldate_as_datetime(cell.value, book.datemode).time(), code)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    return shown(cell.value, code)


PARSER = XlsParser()
