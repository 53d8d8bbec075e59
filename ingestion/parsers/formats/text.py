"""Plain text in any encoding: paragraphs, lists, hard-wrapped lines, transcripts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engine.domain.knowledge import DocumentKind, ParsedDocument
from ingestion.encoding import decode
from ingestion.normalize import WIDE, clean, join_lines
from ingestion.parsers.description import document
from ingestion.parsers.writer import PieceWriter

__all__ = ["PARSER", "TextParser"]

_ITEM = re.compile(r"(?:[-*•‣◦▪]|(\d{1,3}[.)、]))\s+(?=\S)")
_STAMP = r"[\[(（]?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T])?\d{1,2}:\d{2}(?::\d{2})?[\])）]?\s"
# A turn: when, who, a colon, what was said; or when and who on a line of their own.
_STAMPED = re.compile(rf"{_STAMP}(?:.{{0,60}}?[:：]|\s*[^\s:：][^:：。.!?！？]{{0,24}}$)")
_STOPPED = re.compile("[.!?。！？…:：;；][\"'”’」』)）]*$")
_NARROWEST = 40  # columns; people do not wrap lines at less
_LONGEST_TITLE = 100  # columns


@dataclass(frozen=True, slots=True)
class TextParser:
    """Parses plain text."""

    format: str = "plain text"
    extensions: tuple[str, ...] = (".txt", ".text", ".log")

    def recognizes(self, data: bytes) -> bool:  # noqa: ARG002
        """Return False: anything may be text, so the name decides."""
        return False

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text by paragraphs; its title is a first line that stands alone."""
        paragraphs = [part.split("\n") for part in re.split(r"\n\s*\n", clean(decode(data, name=name))) if part.strip()]
        writer = PieceWriter()
        for lines in paragraphs:
            _write_paragraph([line.strip(" \u3000") for line in lines], writer)
        parsed = document(writer.pieces, name=name, title=_title(paragraphs))
        return replace(parsed, kind=DocumentKind.TRANSCRIPT) if _is_transcript(paragraphs) else parsed


def _write_paragraph(lines: list[str], writer: PieceWriter) -> None:
    if any(_ITEM.match(line) for line in lines):
        for item in _items(lines):
            marker = _ITEM.match(item)
            if marker:
                writer.list_item(f"{marker[1] or '-'} {item[marker.end() :]}")
            else:
                writer.paragraph(item)
    elif _is_wrapped(lines):
        writer.paragraph(join_lines(lines))
    else:
        writer.lines(lines)


def _items(lines: list[str]) -> list[str]:
    """Join each list item with the lines that continue it."""
    items = [lines[0]]
    for line in lines[1:]:
        continues = _ITEM.match(items[-1]) and not _ITEM.match(line) and not _STOPPED.search(items[-1])
        if continues:
            items[-1] = join_lines((items[-1], line))
        else:
            items.append(line)
    return items


def _is_wrapped(lines: list[str]) -> bool:
    """Tell whether the line breaks come from a narrow editor: lines equally long, most without a stop at the end."""
    widths = [_columns(line) for line in lines[:-1]]
    if not widths or max(widths) < _NARROWEST or min(widths) < 0.7 * max(widths) or _columns(lines[-1]) > max(widths):
        return False
    stopped = sum(_STOPPED.search(line) is not None for line in lines[:-1])
    return stopped <= len(widths) / 2 and not any(_STAMPED.match(line) for line in lines)


def _is_transcript(paragraphs: list[list[str]]) -> bool:
    """Tell whether many lines begin a turn: a time of day, and who speaks."""
    lines = [line.strip() for paragraph in paragraphs for line in paragraph]
    turns = sum(_STAMPED.match(line) is not None for line in lines)
    return turns >= 3 and turns >= 0.3 * len(lines)


def _title(paragraphs: list[list[str]]) -> str:
    first = paragraphs[0] if len(paragraphs) > 1 else []
    alone = len(first) == 1 and not _STOPPED.search(first[0]) and not _ITEM.match(first[0])
    return first[0] if alone and _columns(first[0]) <= _LONGEST_TITLE else ""


def _columns(line: str) -> int:
    return len(line) + len(WIDE.findall(line))


PARSER = TextParser()
