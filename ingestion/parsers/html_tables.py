"""Read HTML tables: merged cells are spread out, the header is found, tables used for layout are told apart."""

from __future__ import annotations

from ingestion.parsers.html_tree import Element, attribute, flat_text, tag_of
from ingestion.parsers.tables import Table

__all__ = ["read_table"]

_MAX_SPAN = 100  # browsers allow 1,000 columns; more than this is a mistake or an attack
_MAX_CELLS = 200_000  # spans are ignored beyond
_PARTS = {"tr", "thead", "tbody", "tfoot"}
_STRUCTURE = {"table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "article", "section"}


def read_table(element: Element) -> Table | None:
    """Return the table, or None if it only arranges other blocks and should be read as their sequence."""
    rows = _own_rows(element)
    if attribute(element, "role") in {"presentation", "none"} or _arranges(rows):
        return None
    grid = _grid(rows)
    heads = [_is_header(row) for row in rows]
    depth = heads.index(False) if False in heads else len(heads)
    if depth == 0 and rows and _is_keyed(rows):
        return Table((), tuple(grid), keyed=True)
    if depth == 0 and len(rows) > 1 and not _has_header_cells(rows):
        depth = 1  # most tables without marked header cells still begin with one
    return Table(_merged(grid[:depth]), tuple(grid[depth:]))


def _own_rows(table: Element) -> list[Element]:
    parts = ([child] if tag_of(child) == "tr" else child for child in table if tag_of(child) in _PARTS)
    return [row for part in parts for row in part if tag_of(row) == "tr"]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if tag_of(cell) in {"td", "th"}]


def _arranges(rows: list[Element]) -> bool:
    cells = [cell for row in rows for cell in _cells(row)]
    widest = max((len(_cells(row)) for row in rows), default=0)
    return widest < 2 or any(tag_of(inner) in _STRUCTURE - {"ul", "ol"} for cell in cells for inner in cell.iter())


def _grid(rows: list[Element]) -> list[tuple[str, ...]]:
    """Return the texts by row and column: a cell is repeated in the rows it spans, empty in the columns it spans.

    In header rows it is repeated in the columns too, because it names them all.
    """
    taken: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x, header = 0, _is_header(row)
        for cell in _cells(row):
            while (y, x) in taken:
                x += 1
            text = flat_text(cell)
            room = len(taken) < _MAX_CELLS
            width = _span(cell, "colspan", _MAX_SPAN if room else 1)
            for down in range(_span(cell, "rowspan", min(len(rows) - y, _MAX_SPAN) if room else 1)):
                for right in range(width):
                    taken[y + down, x + right] = text if right == 0 or header else ""
            x += width
    widths = [1 + max((x for y_, x in taken if y_ == y), default=-1) for y in range(len(rows))]
    return [tuple(taken.get((y, x), "") for x in range(width)) for y, width in enumerate(widths)]


def _span(cell: Element, name: str, most: int) -> int:
    value = attribute(cell, name)
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 6 else 1


def _is_header(row: Element) -> bool:
    cells = _cells(row)
    return tag_of(row.getparent()) == "thead" or (bool(cells) and all(tag_of(cell) == "th" for cell in cells))


def _is_keyed(rows: list[Element]) -> bool:
    """Tell whether each row begins with a header cell and has nothing else of the kind."""
    tags = [[tag_of(cell) for cell in _cells(row)] for row in rows]
    return all(row and row[0] == "th" and "th" not in row[1:] for row in tags)


def _has_header_cells(rows: list[Element]) -> bool:
    return any(tag_of(cell) == "th" for row in rows for cell in _cells(row))


def _merged(header: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Join the rows of a header, column by column."""
    width = max(map(len, header), default=0)
    columns = ([row[x] for row in header if x < len(row) and row[x]] for x in range(width))
    return tuple(" ".join(dict.fromkeys(column)) for column in columns)
