"""OpenDocument texts (.odt)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.containers import Container, zip_kind
from ingestion.parsers.description import document
from ingestion.parsers.odf_package import open_odf
from ingestion.parsers.odf_text import OdfWriter
from ingestion.parsers.reading import reading
from ingestion.parsers.writer import PieceWriter

__all__ = ["PARSER", "OdtParser"]


@dataclass(frozen=True, slots=True)
class OdtParser:
    """Parses .odt with lxml."""

    format: str = "OpenDocument text"
    extensions: tuple[str, ...] = (".odt", ".ott")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is an OpenDocument package with a text in it."""
        return zip_kind(data) is Container.WRITER

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text as it is with all tracked changes accepted, without tables of contents."""
        odf = open_odf(data, name=name, what=self.format)
        writer = PieceWriter()
        with reading(name, self.format, remedy="Open it in an office program and save it again."):
            OdfWriter(odf, writer, name=name).write(odf.body)
        return document(writer.pieces, name=name, fields=odf.fields, warnings=odf.warnings)


PARSER = OdtParser()
