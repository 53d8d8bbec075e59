"""Write the rows of a sheet one after the other, as they are read, so that a huge sheet needs little memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from engine.errors import InvalidInput
from ingestion.normalize import clean_line, has_dirt
from ingestion.parsers.sheet_layout import (
    Area,
    Row,
    has_contrast,
    header_depth,
    is_keyed,
    merged_header,
    segments,
    within,
)
from ingestion.parsers.sheet_merges import Merge, Merges
from ingestion.parsers.tables import Table
from ingestion.parsers.writer import PieceWriter

__all__ = ["SheetWriter", "write_grid"]

_JUDGED = 64  # rows on which the layout of a table is decided
_MOST_CHARS = 20_000_000
_LONGEST_TITLE = 100  # characters


@dataclass(frozen=True, slots=True)
class _Layout:
    area: Area
    header: tuple[str, ...]
    depth: int = 0  # rows that the header takes
    keyed: bool = False


def write_grid(rows: Sequence[Sequence[str]], writer: PieceWriter, *, name: str, merges: Iterable[Merge] = ()) -> None:
    """Write a table inside a text whose header is not marked as such; a title above its columns is a paragraph."""
    sheet = SheetWriter(writer, name=name, sections=False)
    spread = Merges.of(merges)
    for number, texts in enumerate(rows, 1):
        sheet.row(*spread.spread(number, texts))
    sheet.end()


class SheetWriter:
    """Takes rows from top to bottom and writes tables with their headers, titles and notes into a PieceWriter.

    With `sections`, the title above a table becomes a heading.
    """

    def __init__(self, writer: PieceWriter, *, name: str, sections: bool = True) -> None:
        self.writer = writer
        self.dirty = False  # whether a cell held what does not belong into text
        self._name = name
        self._sections = sections
        self._block: list[Row] = []
        self._extent = Area(0, 0)
        self._layouts: list[_Layout] = []  # of the block, once it is decided
        self._last: _Layout | None = None  # of the table above, which an empty row may only have interrupted
        self._chars = 0
        self._heading = ""  # of the sheet, until it turns out not to be empty

    def heading(self, text: str) -> None:
        """Begin a sheet of that name; nothing is written of a sheet without rows."""
        self.end()
        self._last, self._heading = None, text

    def row(self, texts: Sequence[str], copies: Set[int] = frozenset()) -> None:
        """Take the next row; an empty one ends a table. Raises InvalidInput if there is too much text."""
        self.dirty = self.dirty or has_dirt("".join(texts))
        row = Row(tuple(map(clean_line, texts)), frozenset(copies))
        filled = row.filled()
        if not filled:
            self.end()
            return
        self._count(row)
        area = Area(filled[0], filled[-1] + 1)
        if self._block and (area.start >= self._extent.stop or area.stop <= self._extent.start) and not self._layouts:
            self.end()
        wider = Area(min(area.start, self._extent.start), max(area.stop, self._extent.stop))
        self._extent = wider if self._block else area
        self._block.append(row)
        if len(self._block) >= _JUDGED:
            self._flush()

    def end(self) -> None:
        """End the table, and with it the sheet if no row follows."""
        if self._block:
            self._flush()
        self._block, self._layouts = [], []

    def _count(self, row: Row) -> None:
        self._chars += sum(map(len, row.texts))
        if self._chars > _MOST_CHARS:
            raise InvalidInput(
                f"{self._name} has more than {_MOST_CHARS:,} characters of text.", remedy="Split it into smaller files."
            )

    def _flush(self) -> None:
        rows, begun = self._block, bool(self._layouts)
        if self._heading:
            self.writer.heading(self._heading, 2)
            self._heading = ""
        if not begun:
            rows = self._titles(rows)
            self._layouts = [self._layout(rows, area) for area in segments(rows)] if rows else []
        for at in range(len(self._layouts)):
            self._write(at, rows, begun=begun)
        self._last = self._layouts[-1] if self._layouts else self._last
        self._block = []

    def _write(self, at: int, rows: list[Row], *, begun: bool) -> None:
        """Write the rows of one table; the first and the last table reach to the edges, so that nothing is lost."""
        layout = self._layouts[at]
        start = layout.area.start if at else 0
        stop = self._layouts[at + 1].area.start if at + 1 < len(self._layouts) else None
        cells = [own for row in rows if any(own := row.own()[start:stop])][0 if begun else layout.depth :]
        header = ("",) * (layout.area.start - start) + layout.header if layout.header else ()
        if cells or not begun:
            table = Table(header, tuple(cells), keyed=layout.keyed)
            self.writer.table(table, continues=begun and len(self._layouts) == 1)

    def _titles(self, rows: list[Row]) -> list[Row]:
        """Write the rows above the table that have one cell only; return the others."""
        singles = [len(row.filled()) == 1 for row in rows]
        count = singles.index(False) if False in singles else len(rows)
        texts = [row.texts[row.filled()[0]] for row in rows[:count]]
        if texts:
            self._last = None
        if count < len(rows) and count <= 3:
            for text in texts:
                if self._sections and len(text) <= _LONGEST_TITLE:
                    self.writer.heading(text, 3)
                else:
                    self.writer.paragraph(text)
        elif texts:
            self.writer.lines(texts)
        return rows[count:]

    def _layout(self, rows: list[Row], area: Area) -> _Layout:
        rows, last = within(rows, area), self._last
        depth = header_depth(rows, area)
        if last and last.area == area and not (depth and has_contrast(rows, area)):
            return replace(last, depth=0)
        if depth == 0:
            return _Layout(area, (), keyed=is_keyed(rows, area))
        return _Layout(area, merged_header(rows[:depth], area), depth)
