"""Write plain text as paragraphs: lists, hard-wrapped lines, lines that stand for themselves."""

from __future__ import annotations

import re

from ingestion.normalize import WIDE, clean, join_lines
from ingestion.parsers.writer import PieceWriter

__all__ = ["split_paragraphs", "title_of", "write_paragraphs"]

_ITEM = re.compile(r"(?:[-*•‣◦▪]\s+|(\d{1,3}[.)])\s+|(\d{1,3}、)\s*(?!\d))(?=\S)")
_STAMPED = re.compile(r"[\[(（]?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T])?\d{1,2}:\d{2}(?::\d{2})?[\])）]?\s")
_STOPPED = re.compile("[.!?。！？…:：;；][\"'”’」』)）]*$")
_NARROWEST = 40  # columns; people do not wrap lines at less
_LONGEST_TITLE = 100  # columns


def split_paragraphs(text: str) -> list[list[str]]:
    """Return the lines of each paragraph; empty lines are between them."""
    return [part.split("\n") for part in re.split(r"\n\s*\n", clean(text)) if part.strip()]


def write_paragraphs(paragraphs: list[list[str]], writer: PieceWriter) -> None:
    """Write each paragraph as its lines show: as list items, as one text that an editor wrapped, or line by line."""
    for lines in paragraphs:
        _write([line.strip(" \u3000") for line in lines], writer)


def title_of(paragraphs: list[list[str]]) -> str:
    """Return a first line that stands alone and is no sentence, else an empty text."""
    first = paragraphs[0] if len(paragraphs) > 1 else []
    alone = len(first) == 1 and not _STOPPED.search(first[0]) and not _ITEM.match(first[0])
    return first[0] if alone and _columns(first[0]) <= _LONGEST_TITLE else ""


def _write(lines: list[str], writer: PieceWriter) -> None:
    if any(_ITEM.match(line) for line in lines):
        for item in _items(lines):
            marker = _ITEM.match(item)
            if marker:
                writer.list_item(item if marker[2] else f"{marker[1] or '-'} {item[marker.end() :]}")
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


def _columns(line: str) -> int:
    return len(line) + len(WIDE.findall(line))
