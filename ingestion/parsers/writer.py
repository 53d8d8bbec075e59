"""Collect a document's pieces in reading order, with the markers and groups of its lists and tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.domain.knowledge import BlockKind
from ingestion.parsers.pieces import Piece
from ingestion.parsers.tables import Table, row_texts

__all__ = ["PieceWriter"]


@dataclass(slots=True)
class _List:
    number: int | None  # of the next item; None: bullets
    marker: str = ""  # of the open item, until its first text is written
    open_item: bool = False  # whether the last piece is the open item's, and can be continued


class PieceWriter:
    """Turns "a paragraph here, a list opens there" into pieces; lists nest."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.page: int | None = None
        self._lists: list[_List] = []
        self._groups = 0

    @property
    def in_list(self) -> bool:
        """Whether a list is open."""
        return bool(self._lists)

    def heading(self, text: str, level: int) -> None:
        """Add a heading of level 1-6; inside a list it is no more than a paragraph."""
        if self._lists:
            self.paragraph(text)
        else:
            self._add(BlockKind.HEADING, text, level=min(max(level, 1), 6))

    def paragraph(self, text: str) -> None:
        """Add a paragraph, or the text of the open list item: the first behind its marker, others on lines below."""
        if not text.strip():
            return
        current = self._lists[-1] if self._lists else None
        if current is None:
            self._add(BlockKind.PARAGRAPH, text)
        elif current.marker:
            self._add(BlockKind.LIST_ITEM, current.marker + text, level=len(self._lists) - 1, group=self._groups)
            current.marker, current.open_item = "", True
        elif current.open_item:
            self.pieces[-1] = replace(self.pieces[-1], text=f"{self.pieces[-1].text}\n{text}")
        else:
            self._add(BlockKind.PARAGRAPH, text, group=self._groups)

    def code(self, text: str) -> None:
        """Add preformatted text, line breaks and indentation kept."""
        self._release_marker()
        self._add(BlockKind.CODE, text.strip("\n"), group=self._groups if self._lists else 0)

    def table(self, table: Table, *, continues: bool = False) -> None:
        """Add one piece for each row; with `continues` they belong to the table that was added last."""
        self._release_marker()
        group = self._groups if self._lists or continues else self._new_group()
        for text in row_texts(table):
            self._add(BlockKind.TABLE_ROW, text, group=group)

    def lines(self, texts: list[str]) -> None:
        """Add paragraphs that belong together, one line each."""
        group = self._new_group()
        for text in texts:
            self._add(BlockKind.PARAGRAPH, text, group=group)

    def list_item(self, text: str, level: int = 0) -> None:
        """Add a list item whose marker is in `text` already; it joins the list item before it."""
        last = self.pieces[-1] if self.pieces else None
        group = last.group if last and last.kind is BlockKind.LIST_ITEM else self._new_group()
        self._add(BlockKind.LIST_ITEM, text, level=level, group=group)

    def open_list(self, start: int | None) -> None:
        """Open a list, numbered from `start` or with bullets."""
        self._release_marker()
        if not self._lists:
            self._new_group()
        else:
            self._lists[-1].open_item = False
        self._lists.append(_List(start))

    def open_item(self, number: int | None = None) -> None:
        """Begin the next item of the open list; `number` overrides its number."""
        current = self._lists[-1]
        if current.number is not None:
            current.number = current.number if number is None else number
        current.marker = "- " if current.number is None else f"{current.number}. "
        current.open_item = False
        if current.number is not None:
            current.number += 1

    def close_list(self) -> None:
        """Close the innermost list."""
        self._lists.pop()

    def _release_marker(self) -> None:
        """Write the marker of an item that begins with something else than text, so that its number is not lost."""
        if self._lists:
            current = self._lists[-1]
            if current.marker and current.number is not None:
                self._add(BlockKind.LIST_ITEM, current.marker, level=len(self._lists) - 1, group=self._groups)
            current.marker, current.open_item = "", False

    def _new_group(self) -> int:
        self._groups += 1
        return self._groups

    def _add(self, kind: BlockKind, text: str, *, level: int = 0, group: int = 0) -> None:
        self.pieces.append(Piece(kind, text, level, self.page, group))
