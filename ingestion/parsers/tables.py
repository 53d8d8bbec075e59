"""Write table rows so that each says everything without its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from ingestion.normalize import clean_line, is_unspaced

__all__ = ["Table", "row_texts"]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cell texts; `header` names the columns, or is empty.

    With `keyed`, the first cell of each row names the others, as in a table of specifications.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keyed: bool = False


def row_texts(table: Table) -> list[str]:
    """Return "Code: E7; Meaning: dock not found" for each row that is not empty; full-width marks in Chinese, Japanese.

    A table without rows gives its header, so that nothing is lost.
    """
    header = [_label(cell) for cell in table.header]
    rows = [[clean_line(cell) for cell in row] for row in table.rows]
    rows = [row for row in rows if any(row)] or [list(map(clean_line, table.header))]
    shown = "".join(header) or "".join(chain.from_iterable(rows))
    colon, semicolon = ("：", "；") if is_unspaced(shown) else (": ", "; ")
    if table.keyed:
        return [_keyed(row, colon, semicolon) for row in rows]
    return [semicolon.join(_named(header, row, colon)) for row in rows if any(row)]


def _named(header: Sequence[str], row: Sequence[str], colon: str) -> list[str]:
    """Return the row's cells that are not empty, each behind its column's name."""
    cells: list[str] = []
    for column, cell in enumerate(row):
        name = header[column] if column < len(header) else ""
        if cell:
            cells.append(f"{name}{colon}{cell}" if name and name != cell else cell)
    return _unstopped(cells)


def _keyed(row: Sequence[str], colon: str, semicolon: str) -> str:
    values = semicolon.join(_unstopped([cell for cell in row[1:] if cell]))
    return f"{_label(row[0])}{colon}{values}" if row[0] and values else row[0] or values


def _unstopped(cells: list[str]) -> list[str]:
    """Take the stop from the end of all cells but the last: a semicolon follows."""
    return [*(cell.rstrip("。；;") for cell in cells[:-1]), *cells[-1:]]


def _label(cell: str) -> str:
    return clean_line(cell).rstrip(":： ")
