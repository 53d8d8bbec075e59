"""Tables in AsciiDoc: one cell behind each bar, however the lines are broken."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingestion.parsers.sheet_merges import Merge
from ingestion.parsers.sheet_writer import write_grid
from ingestion.parsers.tables import Table
from ingestion.parsers.writer import PieceWriter

__all__ = ["Cells", "read_cells"]

_SPEC = r"(?:\d{1,2}(?:\.\d{1,3})?\+|\.\d{1,3}\+)?[<^>.]*[aehlmsdv]?"
_CELL = re.compile(
    rf"(?:(?P<right>\d{{1,2}})?(?:\.(?P<down>\d{{1,3}}))?\+)?[<^>.]*[aehlmsdv]?\|(?P<text>[^|]*?)(?=\s{_SPEC}\||\||$)"
)
_COLUMNS = re.compile(r"""cols\s*=\s*"?([^"\]]*)""")
_TIMES = re.compile(r"(\d{1,9})\*")
_WIDEST = 1_000  # columns


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows of a table; `merges` are cells that span others, `headed` tells that the first row names the columns."""

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...] = ()
    headed: bool = False

    def write(self, writer: PieceWriter, *, name: str) -> None:
        """Write the table."""
        if self.headed and not self.merges and self.rows:
            writer.table(Table(self.rows[0], self.rows[1:]))
        elif self.rows:
            write_grid(self.rows, writer, name=name, merges=self.merges)


def read_cells(lines: Sequence[str], options: str, inline: Callable[[str], str]) -> Cells:
    """Read the lines between two bars with three equal signs; `options` is the attribute list above them."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    if not filled:
        return Cells(())
    first = lines[filled[0]]
    width = _width(options) or sum(int(cell["right"] or 1) for cell in _CELL.finditer(first)) or 1
    implied = len(filled) > 1 and filled[0] == 0 and filled[1] > 1 and len(_CELL.findall(first)) > 1
    grid: dict[tuple[int, int], str] = {}
    merges: list[Merge] = []
    at = 0  # index of the next place, row by row
    for cell in _CELL.finditer("\n".join(_closed(line, width) for line in lines)):
        while divmod(at, width) in grid:
            at += 1
        y, x = divmod(at, width)
        right, down = min(int(cell["right"] or 1), width - x), int(cell["down"] or 1)
        grid |= {(y + below, x + beside): "" for below in range(down) for beside in range(right)}
        grid[y, x] = inline(" ".join(cell["text"].split()))
        if right > 1 or down > 1:
            merges.append(Merge(y + 1, x, y + down, x + right - 1))
    height = 1 + max((y for y, _ in grid), default=-1)
    rows = tuple(tuple(grid.get((y, x), "") for x in range(width)) for y in range(height))
    return Cells(rows, tuple(merges), implied or "header" in options)


def _closed(line: str, width: int) -> str:
    """Return the line without a bar behind its last cell, which Markdown has and AsciiDoc has not."""
    return line.rstrip().removesuffix("|") if line.rstrip().endswith("|") and line.count("|") > width else line


def _width(options: str) -> int:
    """Return the number of columns that "cols" declares, such as "1,2,3" or "3*"; 0 if there is none."""
    declared = _COLUMNS.search(options)
    if declared is None:
        return 0
    parts = [part.strip() for part in declared[1].split(",") if part]
    return min(_WIDEST, sum(int(times[1]) if (times := _TIMES.match(part)) else 1 for part in parts))
