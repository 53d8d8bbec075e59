"""Documents whose pages, or some of them, were read off images."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from engine.domain.knowledge import ParsedDocument
from ingestion.ocr.reader import ReadPage
from ingestion.parsers.description import Fields, document
from ingestion.parsers.pdf_layout import without_running_lines, write_lines
from ingestion.parsers.pdf_lines import Line
from ingestion.parsers.scan_lines import scan_lines
from ingestion.parsers.scan_regions import regions_of
from ingestion.parsers.writer import PieceWriter

__all__ = ["PageLines", "scanned_document"]

_LOW = 0.8  # mean confidence below which a page should be checked


@dataclass(slots=True)
class PageLines:
    """The lines of a document page by page, and what is to be said of the pages that were read off images.

    `by_ocr` tells whether any page was, even if nothing was found there or its own text was better.
    """

    pages: list[list[Line]] = field(default_factory=list)
    turns: dict[int, int] = field(default_factory=dict)
    doubtful: dict[int, float] = field(default_factory=dict)
    blank: list[int] = field(default_factory=list)
    by_ocr: bool = False

    def add_text(self, lines: list[Line]) -> None:
        """Add a page with a text layer of its own."""
        self.pages.append(lines)

    def add_read(self, page: ReadPage) -> None:
        """Add a page that was read."""
        self.by_ocr = True
        number = len(self.pages) + 1
        self.pages.append(scan_lines(page, number))
        if page.turn.degrees:
            self.turns[number] = page.turn.degrees
        if not page.lines:
            self.blank.append(number)
        elif page.confidence < _LOW:
            self.doubtful[number] = page.confidence

    def warnings(self) -> list[str]:
        """Return what a person should check."""
        said = []
        if self.doubtful:
            lowest = min(self.doubtful.values())
            said.append(f"Read with low confidence ({lowest:.2f} at the least): {_pages(list(self.doubtful))}.")
        if self.blank and len(self.pages) > 1:
            said.append(f"No text was found on {_pages(self.blank)}.")
        return said


def scanned_document(
    pages: PageLines, *, name: str, fields: Fields | None = None, warnings: Sequence[str] = ()
) -> ParsedDocument:
    """Compose a document from pages of which some were read off images; say which ones were turned.

    Raises InvalidInput if there is no text.
    """
    writer = PieceWriter()
    lines = without_running_lines(pages.pages)
    write_lines(lines, writer)
    described: Mapping[str, object] = {**(fields or {}), **_turned(pages.turns)}
    parsed = document(writer.pieces, name=name, fields=described, warnings=[*warnings, *pages.warnings()])
    return replace(parsed, regions=regions_of(parsed, lines), by_ocr=pages.by_ocr)


def _turned(turns: Mapping[int, int]) -> dict[str, object]:
    """Return by how many degrees pages must be turned clockwise to be upright, as "1:90 3:180"."""
    return {"page_turns": " ".join(f"{page}:{degrees}" for page, degrees in turns.items())} if turns else {}


def _pages(numbers: Sequence[int]) -> str:
    """Return "page 3", "pages 1-4, 7"."""
    runs: list[list[int]] = [[numbers[0]]]
    for before, number in pairwise(numbers):
        if number == before + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return f"page{'s' * (len(numbers) > 1)} {', '.join(_run(run) for run in runs)}"


def _run(numbers: Iterable[int]) -> str:
    first, *others = numbers
    return f"{first}-{others[-1]}" if others else str(first)
