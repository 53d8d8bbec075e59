"""Tables in PDFs: lines whose parts stand in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.normalize import join_lines
from ingestion.parsers.pdf_lines import Line, Segment
from ingestion.parsers.tables import Table

__all__ = ["table_end", "table_of"]

_TOLERANCE = 4.0  # points by which cells of a column may be out of line
_MARKER = re.compile(
    r"[•‣◦▪●■□·–-]|[(（]?(?:\d{1,3}|[a-zA-Z])[.)）、．]|[①-⑳]"
)  # of a list item, text indented behind it
_BOLDER = 100  # units of font weight


def table_end(lines: Sequence[Line], start: int) -> int:
    """Return the index behind the table that begins at `start`; 0 if none of at least two rows does."""
    edges = [segment.x0 for segment in lines[start].segments]
    if len(edges) < 2 or _MARKER.fullmatch(lines[start].segments[0].text):
        return 0
    end, rows = start + 1, 1
    while end < len(lines) and lines[end].page == lines[start].page and _fits(lines[end], edges):
        rows += len(lines[end].segments) > 1 or _column(lines[end].segments[0], edges) == 0
        end += 1
    return end if rows >= 2 else 0


def table_of(lines: Sequence[Line]) -> Table:
    """Return the table of these lines: a cell goes on while lines stay in its column, a row while columns go on."""
    edges = [segment.x0 for segment in lines[0].segments]
    rows: list[list[list[str]]] = []
    column = len(edges)
    for line in lines:
        for segment in line.segments:
            at = _column(segment, edges)
            new_row = at < column or (at == 0 and len(line.segments) > 1)
            if new_row or not rows:
                rows.append([[] for _ in edges])
            rows[-1][at].append(segment.text)
            column = at
    texts = [tuple(join_lines(cell) for cell in row) for row in rows]
    if _has_header(lines) or len(edges) > 2:
        return Table(texts[0], tuple(texts[1:]))
    return Table((), tuple(texts), keyed=True)


def _fits(line: Line, edges: Sequence[float]) -> bool:
    """Tell whether each part of a line stands in a column, none running over into the next."""
    for segment in line.segments:
        column = _column(segment, edges)
        if column < 0:
            return False
        if column + 1 < len(edges) and segment.x1 > edges[column + 1] + _TOLERANCE:
            return False
    return True


def _column(segment: Segment, edges: Sequence[float]) -> int:
    near = (at for at, edge in enumerate(edges) if abs(segment.x0 - edge) <= _TOLERANCE)
    return next(near, -1)


def _has_header(lines: Sequence[Line]) -> bool:
    """Tell whether the first line is bolder than the next, column by column the first at least."""
    first = [segment.weight for segment in lines[0].segments]
    others = [line.segments[0].weight for line in lines[1:] if len(line.segments) > 1]
    return bool(others) and min(first) >= _BOLDER and min(first) - max(others) >= _BOLDER
