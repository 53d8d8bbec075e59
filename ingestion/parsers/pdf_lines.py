"""Lines of a PDF page with their place and size, as the text layer has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage  # type: ignore[import-untyped]

__all__ = ["Line", "Segment", "page_lines"]

_GAP = 0.9  # of the line's height: more room than this between two words is a column's edge
_LAM, _ALEFS = "\u0644", "\u0627\u0622\u0623\u0625\u0671"
_TOUCHING = re.compile("(?<=[A-Za-z])(?=[\u0620-\u064a])|(?<=[\u0620-\u064a])(?=[A-Za-z])")
_HYPHENS = "\x02\ufffe"  # what PDFium writes for a hyphen at the end of a line, in place of the line break


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line without a wide gap; `x0`..`x1` from the page's left, in points. `weight` 0: unknown."""

    text: str
    x0: float
    x1: float
    weight: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its baseline's distance from the page's bottom and its height, in points."""

    segments: tuple[Segment, ...]
    page: int
    bottom: float
    height: float
    relative: float  # where on the page it stands: 0 bottom, 1 top

    @property
    def text(self) -> str:
        """The whole line."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.segments[-1].x1


def page_lines(page: PdfPage, number: int) -> list[Line]:
    """Return the lines of page `number` (from 1) in the order of its text layer."""
    top = max(1.0, page.get_height())
    reader = _Reader(page)
    lines: list[Line] = []
    for start, end in reader.lines():
        line = reader.line(start, end, number, top)
        if line is None:
            continue
        if lines and _on_one_line(lines[-1], line):
            line = _joined(lines.pop(), line)
        lines.append(line)
    return lines


def _on_one_line(before: Line, line: Line) -> bool:
    """Tell whether two stretches are one line that a raised or lowered character has split."""
    return abs(before.bottom - line.bottom) < 0.5 * max(before.height, line.height) and line.x0 > before.x1 - 1


def _joined(before: Line, line: Line) -> Line:
    last, first = before.segments[-1], line.segments[0]
    taller = max(before, line, key=lambda part: part.x1 - part.x0)
    segments = before.segments + line.segments
    if first.x0 - last.x1 <= _GAP * taller.height:
        space = " " if first.x0 - last.x1 > 0.15 * taller.height else ""
        middle = Segment(f"{last.text}{space}{first.text}", last.x0, first.x1, last.weight)
        segments = (*before.segments[:-1], middle, *line.segments[1:])
    return replace(taller, segments=segments)


class _Reader:
    def __init__(self, page: PdfPage) -> None:
        import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

        self._pdfium = pdfium
        self._page = page.get_textpage()
        count = max(0, pdfium.FPDFText_CountChars(self._page))
        codes = (pdfium.FPDFText_GetUnicode(self._page, at) for at in range(count))
        self.chars = [chr(code) for code in codes]
        self._rect = pdfium.FS_RECTF()
        self._mend_ligatures()

    def lines(self) -> Iterator[tuple[int, int]]:
        """Yield the ranges of characters between line breaks."""
        start = 0
        for at, char in enumerate([*self.chars, "\n"]):
            if char in "\r\n" or char in _HYPHENS:
                yield start, at + (char in _HYPHENS)
                start = at + 1

    def line(self, start: int, end: int, number: int, top: float) -> Line | None:
        """Return the line of these characters, split where a gap is wide; None if it is blank."""
        words = list(self._words(start, end))
        if not words:
            return None
        boxes = [self._box(first) for first, _ in words[:9]]  # of several: a ligature's or accent's alone misleads
        bottom = median(box[1] for box in boxes)
        height = max(median(box[3] - box[1] for box in boxes), 0.1)
        cells: list[tuple[int, int, float, float]] = []  # first and last character, left and right edge
        for first, last in words:
            left, right = self._box(first)[0], self._box(last - 1)[2]
            if cells and self._room(cells[-1][1], first, left - cells[-1][3], _GAP * height) <= _GAP * height:
                cells[-1] = (cells[-1][0], last, cells[-1][2], right)
            else:
                cells.append((first, last, left, right))
        segments = tuple(
            Segment(self._text(first, last), left, right, self._weight(first)) for first, last, left, right in cells
        )
        return Line(segments, number, bottom, height, bottom / top)

    def _mend_ligatures(self) -> None:
        """Put the letters of Arabic lam-alef ligatures in order: PDFium turns them around with the rest of the line."""
        for at in range(len(self.chars) - 1):
            if self.chars[at + 1] == _LAM and self.chars[at] in _ALEFS and self._box(at) == self._box(at + 1):
                self.chars[at : at + 2] = [_LAM, self.chars[at]]

    def _room(self, last: int, first: int, gap: float, enough: float) -> float:
        """Return how much of the gap between two words no space fills: full-width spaces are wide, yet no edge."""
        if gap <= enough:
            return gap
        written = (at for at in range(last, first) if not self._pdfium.FPDFText_IsGenerated(self._page, at))
        boxes = (self._box(at) for at in written)
        return gap - sum(right - left for left, _, right, _ in boxes)

    def _words(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        first: int | None = None
        for at in range(start, end + 1):
            blank = at == end or self.chars[at].isspace() or self.chars[at] == "\x00"
            if blank and first is not None:
                yield first, at
                first = None
            elif not blank and first is None:
                first = at

    def _box(self, at: int) -> tuple[float, float, float, float]:
        rect = self._rect
        self._pdfium.FPDFText_GetLooseCharBox(self._page, at, rect)
        return rect.left, rect.bottom, rect.right, rect.top

    def _weight(self, at: int) -> int:
        return max(0, int(self._pdfium.FPDFText_GetFontWeight(self._page, at)))

    def _text(self, first: int, last: int) -> str:
        text = "".join("-" if char in _HYPHENS else char for char in self.chars[first:last]).replace("\x00", "")
        return _TOUCHING.sub(" ", text)  # words of two directions that the change of direction has put together
