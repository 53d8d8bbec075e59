"""Rich Text Format (.rtf)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.normalize import HARD_BREAK, reflow
from ingestion.parsers.description import document
from ingestion.parsers.reading import reading
from ingestion.parsers.sheet_writer import write_grid
from ingestion.parsers.writer import PieceWriter

__all__ = ["PARSER", "RtfParser"]

_OUTLINE = re.compile(r"\\outlinelevel([0-8])(?!\d)")
_HEADING = re.compile("[\ue000-\ue008]+")
_TITLE = re.compile(r"\{\\title ([^{}]*)\}")
_ITEM = re.compile(r"[\u2022\u00b7\uf0b7]\s+")


@dataclass(frozen=True, slots=True)
class RtfParser:
    """Parses RTF with striprtf."""

    format: str = "RTF"
    extensions: tuple[str, ...] = (".rtf",)

    def recognizes(self, data: bytes) -> bool:
        """Tell whether the content begins with the mark of RTF."""
        return data[:64].lstrip().startswith(rb"{\rt")

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text; footnotes stand behind the words that they belong to, headers and footers are left out."""
        source = data.decode("latin-1")  # the format itself is ASCII and names its encoding
        # What the library would drop: the level of a heading becomes a mark that survives, a footnote a paragraph.
        marked = _OUTLINE.sub(lambda level: rf"\outlinelevel{level[1]}\u{0xE000 + int(level[1])}?", source)
        title = _TITLE.search(source)
        with reading(
            name, "RTF document", remedy="Open it in a word processor and save it again.", also=(RecursionError,)
        ):
            text = _plain(marked.replace(r"{\footnote", r"{\par "))
            fields = {"title": _plain(rf"{{\rtf1 {title[1]}}}")} if title else {}
        writer = PieceWriter()
        _write(text.replace("\x0b", HARD_BREAK).split("\n"), writer, name, has_tables=r"\cell" in source)
        return document(writer.pieces, name=name, fields=fields)


def _plain(source: str) -> str:
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]


def _write(lines: list[str], writer: PieceWriter, name: str, *, has_tables: bool) -> None:
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if has_tables and line.endswith("|"):
            rows.append([reflow(cell) for cell in line[:-1].split("|")])
            continue
        if rows:
            write_grid(rows, writer, name=name)
            rows = []
        heading = _HEADING.search(line)
        text = reflow(_HEADING.sub("", line))
        if heading:
            writer.heading(text, ord(heading[0][0]) - 0xE000 + 1)
        elif item := _ITEM.match(text):
            writer.list_item(f"- {text[item.end() :]}")
        else:
            writer.paragraph(text)


PARSER = RtfParser()
