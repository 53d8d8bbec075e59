"""The order in which the parts of a page are read: columns of text apart, the rows of a table together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingestion.ocr.protocol import Box

__all__ = ["Placed", "Row", "in_columns"]

_GUTTER = 0.9  # of a line's height: the least room between two columns
_ROWS = 3  # the least that makes a column
_PROSE = 9.0  # times its height: lines of running text are at least so long, cells of a table seldom
_FULL = 0.6  # of the column's width: how long most lines of running text are


@dataclass(frozen=True, slots=True)
class Placed:
    """A stretch of a line: its box in points from the top left, its place as `Region` has it, and its confidence."""

    text: str
    box: Box
    place: Box
    confidence: float

    @property
    def height(self) -> float:
        """Height in points."""
        return self.box[3] - self.box[1]

    @property
    def width(self) -> float:
        """Width in points."""
        return self.box[2] - self.box[0]

    @property
    def middle(self) -> float:
        """Distance of its middle from the top."""
        return (self.box[1] + self.box[3]) / 2


Row = tuple[Placed, ...]
"""What stands on one line, from left to right."""


def in_columns(placed: Sequence[Placed]) -> list[list[Row]]:
    """Return groups of rows in reading order: a column each, or what stands across the columns."""
    rows = _rows(placed)
    groups: list[list[Row]] = []
    at = 0
    while at < len(rows):
        end, gutter = _run(rows, at)
        sides = _sides(rows[at:end], gutter)
        if all(_is_text(side) for side in sides):
            groups += [group for side in sides for group in in_columns(side)]
            at = end
        else:
            groups.append([rows[at]])
            at += 1
    return groups


def _rows(placed: Sequence[Placed]) -> list[Row]:
    """Return the rows from top to bottom: stretches whose middles are level."""
    rows: list[list[Placed]] = []
    for each in sorted(placed, key=lambda one: one.middle):
        if rows and _is_level(rows[-1], each):
            rows[-1].append(each)
        else:
            rows.append([each])
    return [tuple(sorted(row, key=lambda one: one.box[0])) for row in rows]


def _is_level(row: Sequence[Placed], other: Placed) -> bool:
    last = row[-1]
    level = abs(last.middle - other.middle) < 0.5 * min(last.height, other.height)
    return level and all(one.box[2] <= other.box[0] + 2 or other.box[2] <= one.box[0] + 2 for one in row)


def _run(rows: Sequence[Row], start: int) -> tuple[int, float]:
    """Return the end of the rows from `start` on that leave a gutter open, and its middle; 0 if there is none."""
    left = min(each.box[0] for row in rows[start:] for each in row)
    right = max(each.box[2] for row in rows[start:] for each in row)
    least = _GUTTER * median(each.height for row in rows[start:] for each in row)
    free, end, gutter = [(left, right)], start, 0.0
    for row in rows[start:]:
        free = [gap for gap in _without(free, row) if gap[1] - gap[0] >= least]
        inner = [gap for gap in free if gap[0] > left + 1 and gap[1] < right - 1]
        if not free or (gutter and not inner):
            break
        end += 1
        if inner:
            widest = max(inner, key=lambda gap: gap[1] - gap[0])
            gutter = (widest[0] + widest[1]) / 2
    return end, gutter


def _without(free: Sequence[tuple[float, float]], row: Row) -> Iterator[tuple[float, float]]:
    """Yield what of the free stretches the row leaves."""
    for low, high in free:
        at = low
        for each in row:
            if each.box[2] > at and each.box[0] < high:
                yield at, each.box[0]
                at = max(at, each.box[2])
        yield at, high


def _sides(rows: Sequence[Row], gutter: float) -> tuple[list[Placed], list[Placed]]:
    every = [each for row in rows for each in row]
    return [each for each in every if each.box[2] <= gutter], [each for each in every if each.box[0] >= gutter]


def _is_text(side: Sequence[Placed]) -> bool:
    """Tell whether this is running text in one column, most of its lines long and as wide as it, or in several."""
    if len(side) < _ROWS:
        return False
    usual = median(each.width for each in side)
    if usual < _PROSE * median(each.height for each in side):
        return False
    extent = max(each.box[2] for each in side) - min(each.box[0] for each in side)
    rows = _rows(side)
    end, gutter = _run(rows, 0)
    several = gutter > 0 and end == len(rows) and all(_is_text(part) for part in _sides(rows, gutter))
    return several or usual >= _FULL * extent
