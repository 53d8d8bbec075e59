"""Org mode."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.domain.knowledge import ParsedDocument
from ingestion.normalize import HARD_BREAK
from ingestion.parsers.description import document
from ingestion.parsers.line_blocks import LineBlocks
from ingestion.parsers.tables import Table
from ingestion.parsers.text_source import read_text
from ingestion.parsers.writer import PieceWriter

__all__ = ["PARSER", "OrgParser"]

_HEADING = re.compile(r"(\*+)\s+(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED)\s+)?(?:\[#\w\]\s+)?(.*?)(?:\s+:[\w@#%:]+:)?\s*")
_KEYWORD = re.compile(r"\s*#\+(\w+):\s*(.*?)\s*")
_BEGIN = re.compile(r"\s*#\+begin_(\w+).*", re.IGNORECASE)
_DRAWER = re.compile(r"\s*:(\w[\w-]*):\s*")
_PLANNING = re.compile(r"\s*(?:CLOSED|DEADLINE|SCHEDULED):\s*[<\[].*")
_ITEM = re.compile(r"(\s*)(?:([-+]|\d+[.)])|(?<=\s)(\*))\s+(.*)")
_RULE = re.compile(r"\s*(?:\|[-+|]+|-{5,})\s*")
_LINK = re.compile(r"\[\[([^\]]*)\](?:\[([^\]]*)\])?\]")
_MARKED = re.compile(r"(?<![\w*/_=~+])([*/_=~+])(?=\S)(.+?)(?<=\S)\1(?!\w)")
_FIELDS = {"title", "author", "language", "keywords", "description", "filetags", "date"}


@dataclass(frozen=True, slots=True)
class OrgParser:
    """Parses Org files."""

    format: str = "Org"
    extensions: tuple[str, ...] = (".org",)

    def recognizes(self, data: bytes) -> bool:  # noqa: ARG002
        """Return False: it looks like plain text, so the name decides."""
        return False

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text without markup, drawers and planning lines."""
        source = read_text(data, name=name)
        reader = _Reader(LineBlocks(PieceWriter()))
        for line in source.text.splitlines():
            reader.line(line)
        reader.end()
        return document(reader.blocks.writer.pieces, name=name, fields=reader.fields, warnings=source.warnings)


@dataclass(slots=True)
class _Reader:
    blocks: LineBlocks
    fields: dict[str, object] = field(default_factory=dict)
    until: str = ""  # the line that ends the block which is open
    kept: list[str] | None = None  # lines of the code block which is open
    unsaid: list[str] = field(default_factory=list)  # lines of the drawer or comment which is open, the first included
    rows: list[tuple[str, ...]] = field(default_factory=list)
    header: tuple[str, ...] = ()

    def line(self, line: str) -> None:
        if self.until:
            self._inside(line)
        elif line.lstrip().startswith("|"):
            self._row(line.strip())
        else:
            self._end_table()
            self._plain(line)

    def end(self) -> None:
        """Write what is still open, for files that end in the middle of a block: a drawer that nothing ends is text."""
        while self.until and self.kept is None:
            first, *lines = self.unsaid
            self.until, self.unsaid = "", []
            self.blocks.text(_inline(first.strip()))
            for line in lines:
                self.line(line)
        self._end_table()
        if self.kept:
            self.blocks.code(self.kept)
        self.blocks.flush()

    def _inside(self, line: str) -> None:
        if line.strip().lower() == self.until:
            if self.kept:
                self.blocks.code(self.kept)
            self.until, self.kept, self.unsaid = "", None, []
        elif self.kept is not None:
            self.kept.append(line)
        else:
            self.unsaid.append(line)

    def _plain(self, line: str) -> None:
        if not line.strip():
            self.blocks.flush()
        elif heading := _HEADING.fullmatch(line):
            self.blocks.heading(_inline(heading[2]), len(heading[1]))
        elif begin := _BEGIN.fullmatch(line):
            self._begin(begin[1].lower(), line)
        elif drawer := _DRAWER.fullmatch(line):
            self.until, self.unsaid = ":end:" if drawer[1].lower() != "end" else "", [line]
        elif keyword := _KEYWORD.fullmatch(line):
            self._keyword(keyword[1].lower(), keyword[2])
        elif item := _ITEM.fullmatch(line):
            marker = item[2] if item[2] and item[2][0].isdecimal() else "-"
            self.blocks.item(marker, _inline(item[4].replace(" :: ", ": ", 1)), len(item[1].expandtabs()) // 2)
        elif not (line.lstrip().startswith(("# ", "#+")) or _PLANNING.fullmatch(line) or _RULE.fullmatch(line)):
            self.blocks.text(_inline(line.strip().removeprefix(": ")))

    def _begin(self, kind: str, line: str) -> None:
        self.blocks.flush()
        if kind in {"src", "example", "export"}:
            self.until, self.kept = f"#+end_{kind}", []
        elif kind == "comment":
            self.until, self.unsaid = "#+end_comment", [line]

    def _keyword(self, name: str, value: str) -> None:
        if name == "caption":
            self.blocks.writer.paragraph(_inline(value))
        elif name in _FIELDS:
            self.fields[{"filetags": "tags"}.get(name, name)] = (
                value.strip(":").replace(":", ",") if name == "filetags" else value
            )

    def _row(self, line: str) -> None:
        self.blocks.flush()
        if not _RULE.fullmatch(line):
            self.rows.append(
                tuple(_inline(cell.strip()) for cell in line.removeprefix("|").removesuffix("|").split("|"))
            )
        elif len(self.rows) == 1 and not self.header:
            self.header = self.rows.pop()

    def _end_table(self) -> None:
        if self.rows or self.header:
            self.blocks.writer.table(Table(self.header, tuple(self.rows)))
        self.rows, self.header = [], ()


def _inline(text: str) -> str:
    text = _LINK.sub(lambda link: link[2] or link[1].removeprefix("file:"), text)
    text = _MARKED.sub(r"\2", _MARKED.sub(r"\2", text))
    return text.removesuffix("\\\\") + HARD_BREAK if text.endswith("\\\\") else text


PARSER = OrgParser()
