"""From what was read on a page image to lines as a PDF's text layer has them, so that one layout serves both."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingestion.normalize import WIDE, join_lines
from ingestion.ocr.protocol import Box, ReadLine
from ingestion.ocr.reader import ReadPage
from ingestion.parsers.pdf_lines import Line, Segment
from ingestion.parsers.scan_order import Placed, in_columns

__all__ = ["ReadSegment", "scan_lines"]

_BODY_PT = 13.0  # height to which the usual line is scaled, because the layout's tolerances are in points
_ALIKE = 0.12  # sizes that differ by less are one
_STEP = 1.2  # between one size and the next
_TELLING = 4  # characters that a size can be told from
_INK = 1.15  # how much higher boxes of one size can be: they hug the ink, with descenders or without
_NARROW, _CAPITAL = 0.5, 0.68  # usual widths of Latin letters by the font's size
_GAP = 0.9  # of the line's height: more room than this between two words is a column's edge


@dataclass(frozen=True, slots=True)
class ReadSegment(Segment):
    """A segment that was read off an image: how sure that is, and its place as `Region` has it."""

    place: Box = (0.0, 0.0, 1.0, 1.0)
    confidence: float = 0.0


def scan_lines(page: ReadPage, number: int) -> list[Line]:
    """Return the lines of page `number` (from 1) in reading order: column by column, from top to bottom."""
    placed = [_placed(page, line, place) for line, place in zip(page.lines, page.places, strict=True)]
    if not placed:
        return []
    scale = _BODY_PT / max(1.0, _usual((each.height, len(each.text)) for each in placed))
    body = _usual((_width_size(each), len(each.text)) for each in placed) * scale
    bottom = (page.width if page.turn.vertical else page.height) * scale
    scaled = [replace(each, box=_scaled(each.box, scale)) for each in placed]
    page_lines = (_Row(row, body) for column in in_columns(scaled) for row in column)
    return [row.line(number, bottom) for row in page_lines]


def _placed(page: ReadPage, line: ReadLine, place: Box) -> Placed:
    """Place a line; vertical ones as if the page lay on its left side, so that the first is at the top."""
    left, top, right, bottom = line.box
    box = (top, page.width - right, bottom, page.width - left) if page.turn.vertical else line.box
    return Placed(line.text, box, place, line.confidence)


def _scaled(box: Box, scale: float) -> Box:
    left, top, right, bottom = box
    return left * scale, top * scale, right * scale, bottom * scale


def _usual(weighed: Iterable[tuple[float, int]]) -> float:
    """Return the weighted median."""
    values = sorted(weighed)
    half = sum(weight for _, weight in values) / 2
    passed = 0
    for value, weight in values:
        passed += weight
        if passed >= half:
            return value
    return values[-1][0]


def _width_size(placed: Placed) -> float:
    """Return the font size that the text's width stands for."""
    units = sum(1.0 if WIDE.match(char) else _CAPITAL if char.isupper() else _NARROW for char in placed.text)
    return placed.width / max(1.0, units)


@dataclass(frozen=True, slots=True)
class _Row:
    placed: Sequence[Placed]
    body: float  # the usual size by width, in points

    def line(self, number: int, page_height: float) -> Line:
        height = self._size()
        bottom = page_height - median(each.middle for each in self.placed) - height / 2
        segments: list[ReadSegment] = []
        for each in self.placed:
            left, _, right, _ = each.box
            segment = ReadSegment(each.text, left, right, 0, each.place, each.confidence)
            near = segments and left - segments[-1].x1 <= _GAP * height
            segments.append(_joined(segments.pop(), segment) if near else segment)
        return Line(tuple(segments), number, bottom, height, bottom / max(1.0, page_height))

    def _size(self) -> float:
        """Return the size in steps above and below the body's: by the width, where the height allows it."""
        if sum(len(each.text) for each in self.placed) < _TELLING:
            return _BODY_PT
        high = median(each.height for each in self.placed) / _BODY_PT
        wide = _usual((_width_size(each), len(each.text)) for each in self.placed) / max(0.1, self.body)
        if abs(wide - 1) <= _ALIKE or (high * _INK < _STEP if wide > 1 else high > 1):
            return _BODY_PT
        return float(_BODY_PT * _STEP ** round(math.log(wide, _STEP)))


def _joined(before: ReadSegment, after: ReadSegment) -> ReadSegment:
    left, right = len(before.text), len(after.text)
    return ReadSegment(
        join_lines((before.text, after.text)),
        before.x0,
        after.x1,
        0,
        _around(before.place, after.place),
        (before.confidence * left + after.confidence * right) / (left + right),
    )


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
