"""OpenDocument spreadsheets (.ods)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.normalize import reflow
from ingestion.parsers.containers import Container, zip_kind
from ingestion.parsers.odf_package import NAMES, attribute, open_odf
from ingestion.parsers.odf_tables import read_grid
from ingestion.parsers.reading import reading
from ingestion.parsers.sheet_merges import Merges
from ingestion.parsers.sheet_writer import SheetWriter
from ingestion.parsers.workbook import workbook
from ingestion.parsers.writer import PieceWriter
from ingestion.parsers.xml_tree import XmlElement

__all__ = ["PARSER", "OdsParser"]


@dataclass(frozen=True, slots=True)
class OdsParser:
    """Parses .ods with lxml."""

    format: str = "OpenDocument spreadsheet"
    extensions: tuple[str, ...] = (".ods", ".ots")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is an OpenDocument package with a spreadsheet in it."""
        return zip_kind(data) is Container.CALC

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the visible sheets with the texts that the cells show; hidden ones are left out with a warning."""
        odf = open_odf(data, name=name, what=self.format)
        sheet = SheetWriter(PieceWriter(), name=name)
        tables = odf.body.findall("table:table", NAMES)
        hidden = [table for table in tables if attribute(table, "table:style-name") in odf.hidden]
        with reading(name, self.format, remedy="Open it in an office program and save it again."):
            for table in tables:
                if table in hidden:
                    continue
                sheet.heading(attribute(table, "table:name"))
                rows, merges = read_grid(table, _cell_text)
                spread = Merges.of(merges)
                for number, texts in enumerate(rows, 1):
                    sheet.row(*spread.spread(number, texts))
            sheet.end()
        names = [attribute(table, "table:name") for table in hidden]
        return workbook(sheet, name=name, fields=odf.fields, hidden=names, warnings=odf.warnings)


def _cell_text(cell: XmlElement) -> str:
    return reflow(" ".join("".join(paragraph.itertext()) for paragraph in cell.iterfind("text:p", NAMES)))


PARSER = OdsParser()
