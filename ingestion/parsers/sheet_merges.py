"""Merged cells of a sheet: their text is there once and stands for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO

__all__ = ["Merge", "Merges", "merges_of"]

_REFERENCE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_STEP = 1 << 20  # bytes of XML at a time
_OVERLAP = 200  # bytes; longer than any one element that is looked for
_MOST_MERGES = 20_000
_WIDEST = 100  # columns; wider merges are titles
_TALLEST = 2_000  # rows


@dataclass(frozen=True, slots=True)
class Merge:
    """Rows and columns that became one cell; rows count from 1, columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Merges:
    """Fills the rows of a sheet, which must come in order, with the texts of merged cells."""

    _waiting: list[Merge] = field(default_factory=list)  # last comes first
    _open: list[tuple[Merge, str]] = field(default_factory=list)

    @classmethod
    def of(cls, merges: Iterable[Merge]) -> Merges:
        """Take the merges of a sheet."""
        kept = (merge for merge in merges if merge.bottom - merge.top <= _TALLEST)
        return cls(sorted(kept, key=lambda merge: (merge.top, merge.left), reverse=True)[-_MOST_MERGES:])

    def spread(self, number: int, texts: Sequence[str]) -> tuple[list[str], set[int]]:
        """Return the texts of row `number` with those of merged cells in each of their columns, and which are copies.

        What merged downwards is no copy in the rows below: each of these rows is told apart by it.
        """
        while self._waiting and self._waiting[-1].top <= number:
            merge = self._waiting.pop()
            text = texts[merge.left] if merge.left < len(texts) else ""
            if merge.top == number and text:
                self._open.append((merge, text))
        if not self._open:
            return list(texts), set()
        filled, copies = list(texts), set[int]()
        below = any(texts)
        for merge, text in self._open:
            if number == merge.top or below:
                width = min(merge.right, merge.left + _WIDEST)
                filled.extend([""] * (width + 1 - len(filled)))
                filled[merge.left : width + 1] = [text] * (width + 1 - merge.left)
                copies.update(range(merge.left + 1, width + 1))
        self._open = [(merge, text) for merge, text in self._open if merge.bottom > number]
        return filled, copies


def merges_of(part: IO[bytes]) -> Merges:
    """Find the merged cells in a worksheet's XML, where they stand behind all rows, without building a tree."""
    found: list[Merge] = []
    tail = b""
    while step := part.read(_STEP):
        window = tail + step
        at = window.rfind(b">") + 1  # whole elements only
        for left, top, right, bottom in _REFERENCE.findall(window[:at]):
            found.append(Merge(int(top), _column(left), int(bottom), _column(right)))
        tail = window[at:] if len(window) - at < _OVERLAP else b""
        if len(found) > _MOST_MERGES:
            break
    return Merges.of(found)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
