"""PowerPoint presentations (.pptx): slides as pages, with their tables, charts, diagrams and notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.knowledge import ParsedDocument
from ingestion.normalize import reflow
from ingestion.parsers.containers import Container, zip_kind
from ingestion.parsers.description import document
from ingestion.parsers.ooxml import comment_warnings, core_fields, drawing_paragraphs, open_office, plain_package
from ingestion.parsers.ooxml_charts import write_chart
from ingestion.parsers.reading import macro_warnings, reading
from ingestion.parsers.sheet_merges import Merge
from ingestion.parsers.sheet_writer import write_grid
from ingestion.parsers.slide_text import write_text
from ingestion.parsers.writer import PieceWriter
from ingestion.parsers.xml_tree import parse_xml

if TYPE_CHECKING:
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.table import Table as SlideTable

__all__ = ["PARSER", "PptxParser"]

_LONGEST_TITLE = 200  # characters


@dataclass(frozen=True, slots=True)
class PptxParser:
    """Parses .pptx with python-pptx."""

    format: str = "PowerPoint"
    extensions: tuple[str, ...] = (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is a zip archive with a presentation in it."""
        return zip_kind(data) is Container.POWERPOINT

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the slides that are shown, from top to bottom, each followed by its notes."""
        import pptx
        from lxml.etree import LxmlError  # type: ignore[import-untyped]
        from pptx.exc import PythonPptxError

        writer = PieceWriter()
        notes = list(macro_warnings(data))
        archive = open_office(data, name=name)
        remedy = "Open it in a presentation program and save it again as .pptx."
        with reading(name, "PowerPoint presentation", remedy=remedy, also=(PythonPptxError, LxmlError)):
            deck = pptx.Presentation(io.BytesIO(plain_package(data, archive)))
            hidden = 0
            for number, slide in enumerate(deck.slides, 1):
                if slide._element.get("show") == "0":
                    hidden += 1
                    continue
                writer.page = number
                _write_slide(slide, writer, name)
            fields = core_fields(archive)
        if hidden:
            notes.append(f"Hidden slides were left out: {hidden}.")
        notes += comment_warnings(archive)
        return document(writer.pieces, name=name, fields=fields, warnings=notes)


def _write_slide(slide: Slide, writer: PieceWriter, name: str) -> None:
    title = _title(slide)
    if title is not None:
        writer.heading(reflow(title.text_frame.text.replace("\v", " ")), 1)
    for shape in _in_reading_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            _write_shape(shape, writer, name)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        write_text(slide.notes_slide.notes_text_frame, writer, bullets=False)


def _title(slide: Slide) -> Any | None:
    """Return the shape that holds the slide's title, unless it was put to another use."""
    title = slide.shapes.title
    if title is None or not title.has_text_frame or "TITLE" not in str(title.placeholder_format.type):
        return None
    return title if len(title.text_frame.text) <= _LONGEST_TITLE else None


def _in_reading_order(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    """Yield the shapes from top to bottom and left to right, groups opened; shapes on one line differ by little."""
    placed = sorted(shapes, key=lambda shape: (round((shape.top or 0) / 100_000), shape.left or 0))
    for shape in placed:
        if hasattr(shape, "shapes"):
            yield from _in_reading_order(shape.shapes)
        else:
            yield shape


def _write_shape(shape: Any, writer: PieceWriter, name: str) -> None:
    if shape.has_text_frame:
        write_text(shape.text_frame, writer, bullets=_has_bullets(shape))
    elif getattr(shape, "has_table", False):
        _write_table(shape.table, writer, name)
    elif getattr(shape, "has_chart", False):
        write_chart(shape.chart._chartSpace, writer)
    else:
        for text in _diagram_texts(shape):
            writer.paragraph(text)


def _has_bullets(shape: Any) -> bool:
    """Tell whether the master gives bullets to paragraphs of such a shape that say nothing of their own."""
    kind = str(shape.placeholder_format.type) if shape.is_placeholder else ""
    return kind.startswith(("BODY", "OBJECT", "VERTICAL_BODY", "VERTICAL_OBJECT"))


def _write_table(table: SlideTable, writer: PieceWriter, name: str) -> None:
    grid = [[reflow(cell.text) for cell in row.cells] for row in table.rows]
    merges = [
        Merge(y + 1, x, y + cell.span_height, x + cell.span_width - 1)
        for y, row in enumerate(table.rows)
        for x, cell in enumerate(row.cells)
        if cell.is_merge_origin
    ]
    write_grid(grid, writer, name=name, merges=merges)


def _diagram_texts(shape: Any) -> list[str]:
    """Return the texts of a SmartArt diagram, which lie in a part of their own."""
    ids = shape._element.xpath(".//*[local-name()='relIds']/@*[local-name()='dm']")
    related = (shape.part.related_part(each) for each in ids)
    return [text for part in related for text in drawing_paragraphs(parse_xml(part.blob, name="diagram"))]


PARSER = PptxParser()
