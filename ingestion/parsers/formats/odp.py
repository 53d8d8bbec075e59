"""OpenDocument presentations (.odp): slides as pages, with their notes."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.containers import Container, zip_kind
from ingestion.parsers.description import document
from ingestion.parsers.odf_package import NAMES, attribute, open_odf
from ingestion.parsers.odf_text import OdfWriter
from ingestion.parsers.reading import reading
from ingestion.parsers.writer import PieceWriter
from ingestion.parsers.xml_tree import XmlElement

__all__ = ["PARSER", "OdpParser"]


@dataclass(frozen=True, slots=True)
class OdpParser:
    """Parses .odp with lxml."""

    format: str = "OpenDocument presentation"
    extensions: tuple[str, ...] = (".odp", ".otp")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is an OpenDocument package with a presentation in it."""
        return zip_kind(data) is Container.IMPRESS

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the slides that are shown, each with its title first and its notes last."""
        odf = open_odf(data, name=name, what=self.format)
        writer = PieceWriter()
        texts = OdfWriter(odf, writer, name=name)
        hidden = 0
        with reading(name, self.format, remedy="Open it in an office program and save it again."):
            for number, page in enumerate(odf.body.findall("draw:page", NAMES), 1):
                if attribute(page, "draw:style-name") in odf.hidden:
                    hidden += 1
                    continue
                writer.page = number
                _write(page, texts)
        notes = [f"Hidden slides were left out: {hidden}."] if hidden else []
        return document(writer.pieces, name=name, fields=odf.fields, warnings=[*odf.warnings, *notes])


def _write(page: XmlElement, texts: OdfWriter) -> None:
    frames = page.findall("draw:frame", NAMES)
    titles = [frame for frame in frames if attribute(frame, "presentation:class") == "title"]
    for frame in titles:
        texts.title(frame)
        page.remove(frame)
    texts.write(page)
    for frame in page.iterfind("presentation:notes/draw:frame", NAMES):
        if attribute(frame, "presentation:class") == "notes":
            texts.write(frame)


PARSER = OdpParser()
