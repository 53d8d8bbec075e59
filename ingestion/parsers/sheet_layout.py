"""Find tables on a sheet: where they are, what their header is, and what are only labels and values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Area", "Row", "has_contrast", "header_depth", "is_keyed", "merged_header", "segments", "within"]

_VALUE = re.compile(
    r"(?:[-+(]?\s?[$€£¥￥₩]?\s?\d[\d.,:/\s年月日-]*(?:%|[A-Za-z€£¥元円]{1,3})?\)?|TRUE|FALSE|[-–—]|#N/A|n/a)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_LABEL = 80  # characters


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of a row by column; `copies` are columns that repeat the cell to their left, with which they merged."""

    texts: tuple[str, ...]
    copies: frozenset[int] = frozenset()

    def at(self, column: int) -> str:
        """Return the text in a column; empty beyond the last."""
        return self.texts[column] if column < len(self.texts) else ""

    def own(self) -> tuple[str, ...]:
        """Return the texts, empty where they are copies."""
        return tuple("" if column in self.copies else text for column, text in enumerate(self.texts))

    def filled(self) -> list[int]:
        """Return the columns that have a text of their own."""
        return [column for column, text in enumerate(self.own()) if text]


@dataclass(frozen=True, slots=True)
class Area:
    """Columns `start` to `stop`, the last not included."""

    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def of(self, row: Row) -> tuple[str, ...]:
        """Return the row's texts in these columns."""
        return tuple(map(row.at, range(self.start, self.stop)))


def segments(rows: Sequence[Row]) -> list[Area]:
    """Return the columns of each table; there are several where an empty column parts them and each has its labels."""
    used = sorted({column for row in rows for column in range(len(row.texts)) if row.texts[column]})
    areas: list[Area] = []
    for column in used:
        if areas and areas[-1].stop == column:
            areas[-1] = Area(areas[-1].start, column + 1)
        else:
            areas.append(Area(column, column + 1))
    apart = len(areas) > 1 and all(len(area) > 1 and _is_labels(within(rows, area), area) for area in areas)
    return areas if apart else [Area(used[0], used[-1] + 1)]


def within(rows: Sequence[Row], area: Area) -> list[Row]:
    """Return the rows that have something in these columns."""
    return [row for row in rows if any(area.of(row))]


def header_depth(rows: Sequence[Row], area: Area) -> int:
    """Return how many of the first rows name the columns: 0, 1, or 2 where the first names groups of columns."""
    if len(rows) < 2 or not _is_labels(rows, area) or is_keyed(rows, area):
        return 0
    groups = bool(rows[0].copies) and len(rows) > 2 and _is_labels(rows[1:], area)
    return 2 if groups and has_contrast(rows[1:], area) else 1


def is_keyed(rows: Sequence[Row], area: Area) -> bool:
    """Tell whether this is a list of labels with a value behind each, not a table with columns."""
    keys = [row.at(area.start) for row in rows]
    if len(area) != 2 or len(rows) < 2 or any(not key or is_value(key) or len(key) > _LONGEST_LABEL for key in keys):
        return False
    values = [is_value(row.at(area.start + 1)) for row in rows]
    return all(key.endswith((":", "：")) for key in keys) or (values[0] and not all(values))


def has_contrast(rows: Sequence[Row], area: Area) -> bool:
    """Tell whether below a label of the first row there are numbers, dates and the like for the most."""
    for column in range(area.start, area.stop):
        below = [text for row in rows[1:] if (text := row.at(column))]
        if below and not is_value(rows[0].at(column)) and 2 * sum(map(is_value, below)) > len(below):
            return True
    return False


def merged_header(rows: Sequence[Row], area: Area) -> tuple[str, ...]:
    """Join the header rows, column by column; what names a group is repeated for each of its columns."""
    columns = zip(*(area.of(row) for row in rows), strict=True)
    return tuple(" ".join(dict.fromkeys(filter(None, column))) for column in columns)


def is_value(text: str) -> bool:
    """Tell whether a cell is a number, an amount, a date or the like, but for a year, which may well be a label."""
    return _VALUE.fullmatch(text) is not None and _YEAR.fullmatch(text) is None


def _is_labels(rows: Sequence[Row], area: Area) -> bool:
    """Tell whether the first row holds short texts only, for at least half of the columns that are in use below."""
    texts = [text for text in area.of(rows[0]) if text]
    most = max(sum(map(bool, area.of(row))) for row in rows)
    short = all(len(text) <= _LONGEST_LABEL and not is_value(text) for text in texts)
    return len(texts) > 1 and 2 * len(texts) >= most and short and not all(map(_YEAR.fullmatch, texts))
