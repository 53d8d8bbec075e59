"""Put the lines of lightweight markup together: paragraphs and list items that run over several lines."""

from __future__ import annotations

from ingestion.normalize import HARD_BREAK, reflow
from ingestion.parsers.writer import PieceWriter

__all__ = ["LineBlocks"]


class LineBlocks:
    """Takes one line after the other and writes whole blocks."""

    def __init__(self, writer: PieceWriter) -> None:
        self.writer = writer
        self._lines: list[str] = []
        self._marker = ""
        self._level = 0

    def text(self, line: str) -> None:
        """Add a line to the open paragraph or list item."""
        self._lines.append(line)

    def item(self, marker: str, text: str, level: int) -> None:
        """Begin a list item; `marker` is "-" or a number with its stop."""
        self.flush()
        self._marker, self._level, self._lines = f"{marker} ", level, [text]

    def heading(self, text: str, level: int) -> None:
        """Write a heading."""
        self.flush()
        self.writer.heading(reflow(text), level)

    def code(self, lines: list[str]) -> None:
        """Write preformatted lines."""
        self.flush()
        self.writer.code("\n".join(lines))

    def flush(self) -> None:
        """Write what is open."""
        text = reflow("\n".join(self._lines).replace(HARD_BREAK + "\n", HARD_BREAK))
        if self._marker and text:
            self.writer.list_item(self._marker + text, self._level)
        else:
            self.writer.paragraph(text)
        self._lines, self._marker = [], ""
