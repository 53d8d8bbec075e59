"""From the lines of a PDF to headings, paragraphs, lists and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingestion.normalize import is_unspaced, join_lines
from ingestion.parsers.pdf_lines import Line
from ingestion.parsers.pdf_tables import table_end, table_of
from ingestion.parsers.writer import PieceWriter

__all__ = ["without_running_lines", "write_lines"]

_ITEM = re.compile(r"(?:([•‣◦▪●■□·–-])|((?:\d{1,2}[.)](?=\s)|\d{1,2}[、．]|[（(]\d{1,2}[)）]|[①-⑳])))\s*(?=\S)")
_STOPPED = re.compile("[.!?。！？…:：][\"'”’」』)）]*$")
_MARGIN = 0.1  # of the page: running headers and footers stand in the outermost tenth
_DIGITS = re.compile(r"\d+")
_LARGER = 1.15  # times the body's height
_BOLDER = 150  # units of font weight
_AROUND = 12  # lines
_LONGEST_HEADING = 150  # characters


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """Return all lines but the headers, footers and page numbers that come back on most pages."""
    seen = Counter(key for lines in pages for key in {_running_key(line) for line in lines if _in_margin(line)})
    running = {key for key, count in seen.items() if count >= 2 and count > 0.5 * len(pages)}
    return [line for lines in pages for line in lines if not (_in_margin(line) and _running_key(line) in running)]


def _in_margin(line: Line) -> bool:
    return not _MARGIN < line.relative < 1 - _MARGIN


def _running_key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.bottom / 3)


def write_lines(lines: Sequence[Line], writer: PieceWriter) -> None:
    """Write the blocks that the lines form; a paragraph may go on from one page to the next."""
    layout = _Layout(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        writer.page = line.page
        end = table_end(lines, at)
        if end:
            writer.table(table_of(lines[at:end]))
        else:
            end = layout.block_end(at)
            layout.write(lines[at:end], writer)
        at = end


class _Layout:
    """Measures that hold for a whole document, and what follows from them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._body = _most_common((round(line.height, 1), len(line.text)) for line in lines)
        self._weight = _most_common((line.segments[0].weight, len(line.text)) for line in lines)
        self._leading = _leading(lines, self._body)
        sizes = sorted({round(line.height) for line in lines if self._is_heading(line)}, reverse=True)
        self._levels = {size: min(level, 6) for level, size in enumerate(sizes, 1)}

    def block_end(self, start: int) -> int:
        end = start + 1
        while end < len(self._lines) and self._continues(end) and not table_end(self._lines, end):
            end += 1
        return end

    def write(self, lines: Sequence[Line], writer: PieceWriter) -> None:
        text = join_lines(line.text for line in lines)
        item = _ITEM.match(text)
        if self._is_heading(lines[0]):
            writer.heading(text, self._levels[round(lines[0].height)])
        elif item:
            writer.list_item(f"{item[2] or '-'} {text[item.end() :]}")
        else:
            writer.paragraph(text)

    def _is_heading(self, line: Line) -> bool:
        """Tell whether a line is larger than the text, or bolder and no sentence."""
        if len(line.segments) > 1 or len(line.text) > _LONGEST_HEADING or not any(map(str.isalpha, line.text)):
            return False
        bolder = line.height > 0.95 * self._body and line.segments[0].weight >= self._weight + _BOLDER
        return line.height > _LARGER * self._body or (bolder and not _STOPPED.search(line.text))

    def _continues(self, at: int) -> bool:
        """Tell whether a line goes on with the block of the line before it."""
        before, line = self._lines[at - 1], self._lines[at]
        if abs(before.height - line.height) > 0.1 * before.height or _ITEM.match(line.text):
            return False
        if self._is_heading(before) != self._is_heading(line):
            return False
        if before.page != line.page:
            return not _STOPPED.search(before.text) and not self._is_heading(line) and self._is_full(at)
        step = before.bottom - line.bottom
        if self._is_heading(line):
            return 0 < step < 1.6 * line.height
        return 0 < step <= 1.15 * self._leading and (self._is_full(at) or self._is_mid_sentence(at))

    def _is_mid_sentence(self, at: int) -> bool:
        """Tell whether a sentence goes on in a block narrower than the page, such as a framed one."""
        before, line = self._lines[at - 1], self._lines[at]
        if _STOPPED.search(before.text):
            return False
        long = before.x1 - before.x0 > 0.6 * (self._right_edge(at - 1) - before.x0)
        return line.text[0].islower() or (long and is_unspaced(before.text[-1]) and is_unspaced(line.text[0]))

    def _is_full(self, at: int) -> bool:
        """Tell whether the line's first word would not have fitted behind the line before."""
        before, segment = self._lines[at - 1], self._lines[at].segments[0]
        length = len(segment.text.split(" ")[0]) if segment.text.isascii() else 1
        word = (segment.x1 - segment.x0) * min(length, len(segment.text)) / max(1, len(segment.text))
        return before.x1 + word >= self._right_edge(at - 1) - 2 * before.height

    def _right_edge(self, at: int) -> float:
        """Return how far lines of the same column go, judged by those around."""
        line = self._lines[at]
        around = self._lines[max(0, at - _AROUND) : at + _AROUND]
        column = (other.x1 for other in around if abs(other.x0 - line.x0) < 4 * line.height)
        return max(column, default=line.x1)


def _most_common(weighed: Iterable[tuple[float, int]]) -> float:
    counts = Counter[float]()
    for value, weight in weighed:
        counts[value] += weight
    return counts.most_common(1)[0][0] if counts else 0


def _leading(lines: Sequence[Line], body: float) -> float:
    """Return the distance of lines within paragraphs: the lower quartile of those that can be."""
    steps = sorted(
        before.bottom - line.bottom
        for before, line in pairwise(lines)
        if before.page == line.page and body * 0.8 < before.bottom - line.bottom < body * 2.6
    )
    return steps[len(steps) // 4] if steps else 1.3 * body
