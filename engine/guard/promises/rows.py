"""The cells of a table's row that a promise is about, by their headers."""

from __future__ import annotations

import re

from engine.answering.coverage import TermSet, term_set
from engine.languages.terms import TermKind

__all__ = ["part_about", "words"]

_CELLS = re.compile(r"；|;\s")
_CELL = re.compile(r"^\s*([^:：]{1,40})[:：]\s*(\S.*)$", re.DOTALL)
_LEAST = 2  # cells of a row


def part_about(text: str, said: TermSet, language: str) -> str:
    """Return the cells of a row whose headers share terms with what is said; the text itself if it is no such row.

    "Standard: EUR 4.90; Express: EUR 9.90" says nothing but EUR 4.90 of a standard delivery.
    """
    cells = [_CELL.match(cell) for cell in _CELLS.split(text)]
    if len(cells) < _LEAST or not all(cells):
        return text
    named = [cell for cell in cells if cell and words(term_set(cell[1], language)) & said]
    return "; ".join(cell[0] for cell in named) if named else text


def words(terms: TermSet) -> TermSet:
    """Return terms without single characters of Chinese and Japanese, which many words share."""
    return frozenset(term for term in terms if term[0] is not TermKind.CHARACTER)
