"""AsciiDoc."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.asciidoc_tables import read_cells
from ingestion.parsers.description import document
from ingestion.parsers.line_blocks import LineBlocks
from ingestion.parsers.text_source import read_text
from ingestion.parsers.writer import PieceWriter

__all__ = ["PARSER", "AsciiDocParser"]

_HEADING = re.compile(r"(={1,6}|#{1,6})\s+(\S.*?)(?:\s+\1)?\s*")
_ATTRIBUTE = re.compile(r":!?([\w-]+)!?:\s*(.*?)\s*")
_ITEM = re.compile(r"\s*(?:(\*{1,5}|-)|(\.{1,5})|(\d+\.))\s+(\S.*)")
_TERM = re.compile(r"\s*(\S.*?):{2,4}(?:\s+(.*))?")
_MACRO = re.compile(r"(image|video|audio|include|toc)::([^\[]*)\[([^\]]*)\]\s*")
_CODE = re.compile(r"-{4,}|\.{4,}|`{3,}\w*|\+{4,}")
_FRAME = re.compile(r"={4,}|\*{4,}|_{4,}|--|~{4,}")
_LINK = re.compile(r"(?:link:|xref:|mailto:)?((?:https?://|(?<=link:)|(?<=xref:)|(?<=mailto:))[^\s\[\]]*)\[([^\]]*)\]")
_CROSS = re.compile(r"<<([^,>]+)(?:,\s*([^>]*))?>>")
_KEYS = re.compile(r"(?:kbd|btn|menu|image|footnote|pass|stem|icon):([^\s\[]*)\[([^\]]*)\]")
_MARKED = re.compile(r"(?<![\w*_`#+])(\*\*?|__?|``?|##?|\+\+?)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_REFERENCE = re.compile(r"\{([\w-]+)\}")
_FIELDS = {"keywords", "description", "lang", "author"}


@dataclass(frozen=True, slots=True)
class AsciiDocParser:
    """Parses AsciiDoc; files that it includes are not read."""

    format: str = "AsciiDoc"
    extensions: tuple[str, ...] = (".adoc", ".asciidoc", ".asc")

    def recognizes(self, data: bytes) -> bool:  # noqa: ARG002
        """Return False: it looks like plain text, so the name decides."""
        return False

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text without markup."""
        source = read_text(data, name=name)
        reader = _Reader(LineBlocks(PieceWriter()), name)
        for line in source.text.splitlines():
            reader.line(line.rstrip())
        reader.end()
        fields: dict[str, object] = {key: value for key, value in reader.attributes.items() if key in _FIELDS}
        return document(reader.blocks.writer.pieces, name=name, fields=fields, warnings=source.warnings)


@dataclass(slots=True)
class _Reader:
    blocks: LineBlocks
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    options: str = ""  # the last attribute list, which is about the block that follows
    until: str = ""  # the line that ends the block which is open
    kept: list[str] = field(default_factory=list)

    def line(self, line: str) -> None:
        if self.until and line != self.until:
            self.kept.append(line)
        elif self.until:
            self._close()
        elif line in {"////", "|==="} or _CODE.fullmatch(line):
            self.blocks.flush()
            self.until = "```" if line.startswith("```") else line
        else:
            self._plain(line)

    def end(self) -> None:
        """Write what is still open, for files that end in the middle of a block."""
        self._close()
        self.blocks.flush()

    def _close(self) -> None:
        lines = self.kept
        if self.until == "|===":
            read_cells(lines, self.options, _inline).write(self.blocks.writer, name=self.name)
        elif self.until != "////" and lines:
            self.blocks.code(lines)
        self.until, self.kept, self.options = "", [], ""

    def _plain(self, line: str) -> None:
        line = _REFERENCE.sub(lambda found: self.attributes.get(found[1], found[0]), line)
        if not line or _FRAME.fullmatch(line) or line == "+":
            self.blocks.flush()
        elif line.startswith("//"):
            return
        elif attribute := _ATTRIBUTE.fullmatch(line):
            self.attributes[attribute[1]] = attribute[2]
        elif line.startswith("[") and line.endswith("]"):
            self.options = line
        elif heading := _HEADING.fullmatch(line):
            self.blocks.heading(_inline(heading[2]), len(heading[1]))
        elif macro := _MACRO.fullmatch(line):
            self.blocks.text(macro[3].split(",")[0] if macro[1] == "image" else "")
        elif item := _ITEM.fullmatch(line):
            level = len(item[1] or item[2] or "-") - 1
            self.blocks.item(item[3] or "-", _inline(item[4]), level)
        elif line.startswith(".") and line[1:2].strip() and line[1] != ".":
            self.blocks.flush()
            self.blocks.writer.paragraph(_inline(line[1:]))
        elif term := _TERM.fullmatch(line):
            self.blocks.item("-", _inline(f"{term[1]}: {term[2] or ''}"), 0)
        else:
            self.blocks.text(_inline(line.removesuffix(" +") + ("\u2028" if line.endswith(" +") else "")))


def _inline(text: str) -> str:
    text = _LINK.sub(lambda link: link[2] or link[1], text)
    text = _CROSS.sub(lambda cross: cross[2] or cross[1], text)
    text = _KEYS.sub(lambda keys: " > ".join(filter(None, (keys[1], keys[2]))), text)
    return _MARKED.sub(r"\2", _MARKED.sub(r"\2", text))


PARSER = AsciiDocParser()
