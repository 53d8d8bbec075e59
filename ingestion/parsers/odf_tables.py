"""Read OpenDocument tables, in which one element may stand for thousands of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingestion.parsers.odf_package import NAMES, attribute
from ingestion.parsers.sheet_merges import Merge
from ingestion.parsers.xml_tree import XmlElement

__all__ = ["read_grid"]

_TABLE = f"{{{NAMES['table']}}}"
_ROW_GROUPS = {f"{_TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")}
_MOST_COPIES = 200  # of a cell or a row that is not empty
_WIDEST = 1_000  # columns


def read_grid(table: XmlElement, text_of: Callable[[XmlElement], str]) -> tuple[list[list[str]], list[Merge]]:
    """Return the rows of a table, and which cells are merged; `text_of` gives the text of a cell.

    However often an empty row is repeated, one empty row stands for them; empty cells at the end are left out.
    """
    rows: list[list[str]] = []
    merges: list[Merge] = []
    for element in _rows(table):
        texts, spans = _cells(element, text_of)
        copies = _repeated(element, "rows") if texts else 1
        number = len(rows) + 1
        merges += [Merge(number, left, number + down - 1, left + right - 1) for left, right, down in spans]
        rows += [texts] * min(copies, _MOST_COPIES)
    return rows, merges


def _rows(table: XmlElement) -> Iterator[XmlElement]:
    for element in table:
        if element.tag == f"{_TABLE}table-row":
            yield element
        elif element.tag in _ROW_GROUPS:
            yield from _rows(element)


def _cells(row: XmlElement, text_of: Callable[[XmlElement], str]) -> tuple[list[str], list[tuple[int, int, int]]]:
    """Return the row's texts, and column, width and height of those cells that span several."""
    texts: list[str] = []
    spans: list[tuple[int, int, int]] = []
    for cell in row:
        text = text_of(cell) if cell.tag == f"{_TABLE}table-cell" else ""
        right, down = _spanned(cell, "columns"), _spanned(cell, "rows")
        if text and (right > 1 or down > 1):
            spans.append((len(texts), right, down))
        copies = _repeated(cell, "columns")
        texts += [text] * min(copies, _MOST_COPIES if text else _WIDEST - len(texts))
    while texts and not texts[-1]:
        texts.pop()
    return texts, spans


def _repeated(element: XmlElement, what: str) -> int:
    return _positive(attribute(element, f"table:number-{what}-repeated"))


def _spanned(element: XmlElement, what: str) -> int:
    return _positive(attribute(element, f"table:number-{what}-spanned"))


def _positive(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1
