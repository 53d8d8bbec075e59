"""Write the paragraphs of a text box on a slide, with the bullets and numbers that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingestion.normalize import reflow
from ingestion.parsers.writer import PieceWriter

if TYPE_CHECKING:
    from pptx.text.text import TextFrame

__all__ = ["write_text"]

_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def write_text(frame: TextFrame, writer: PieceWriter, *, bullets: bool) -> None:
    """Write a text box; `bullets` tells whether paragraphs without a mark of their own have one."""
    numbers: dict[int, int] = {}
    for paragraph in frame.paragraphs:
        text = reflow(paragraph.text.replace("\v", "\u2028"))
        if not text:
            continue
        level = paragraph.level
        numbers = {depth: number for depth, number in numbers.items() if depth <= level}
        start = _first_number(paragraph._p)
        if start is not None:
            numbers[level] = numbers.get(level, start - 1) + 1
            writer.list_item(f"{numbers[level]}. {text}", level)
        elif _has_mark(paragraph._p, inherited=bullets):
            numbers.pop(level, None)
            writer.list_item(f"- {text}", level)
        else:
            numbers.clear()
            writer.paragraph(text)


def _first_number(paragraph: Any) -> int | None:
    """Return where the paragraph's automatic numbering starts; None if it has none."""
    numbering = paragraph.find(f"{_MAIN}pPr/{_MAIN}buAutoNum")
    return None if numbering is None else int(numbering.get("startAt", 1))


def _has_mark(paragraph: Any, *, inherited: bool) -> bool:
    if paragraph.find(f"{_MAIN}pPr/{_MAIN}buNone") is not None:
        return False
    return inherited or any(paragraph.find(f"{_MAIN}pPr/{_MAIN}{mark}") is not None for mark in ("buChar", "buBlip"))
