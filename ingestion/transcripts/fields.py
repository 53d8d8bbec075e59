"""Read fields of records whose names and types nobody promised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from engine.languages.speaker_labels import STAMP

__all__ = ["Record", "as_list", "as_record", "as_records", "first", "text_in", "texts_in", "time_in"]

Record = Mapping[str, object]
"""An object of an export: lower-case keys to whatever was there."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?")
_CLOCK = re.compile(rf"{STAMP}")
_DAWN, _DUSK = 946_684_800, 4_102_444_800  # 2000 and 2100 in Unix time


def as_record(value: object) -> Record:
    """Return an object with lower-case keys; empty for anything else."""
    return {str(key).lower(): inner for key, inner in value.items()} if isinstance(value, dict) else {}


def as_list(value: object) -> list[object]:
    """Return a list, an empty one for anything else."""
    return list(value) if isinstance(value, list) else []


def as_records(value: object) -> list[Record]:
    """Return the objects of a list."""
    return [as_record(each) for each in as_list(value) if isinstance(each, dict)]


def first(record: Record, *names: str) -> object:
    """Return the first of the named values that is there and not empty, else None."""
    return next((value for name in names if (value := record.get(name)) not in (None, "", [], {})), None)


def text_in(record: Record, *names: str) -> str:
    """Return the first of the named values that is a text or number, HTML tags taken out; else an empty text."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return _plain(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
    return ""


def texts_in(record: Record, *names: str) -> tuple[str, ...]:
    """Return a list of texts or of objects with a name, or a text separated by commas."""
    value = first(record, *names)
    inner = as_record(value)
    if inner:
        value = first(inner, *names)
    if isinstance(value, str):
        return tuple(filter(None, (part.strip() for part in re.split(r"[,，、;；|]", value))))
    names_of = (each if isinstance(each, str) else text_in(as_record(each), "name", "title") for each in as_list(value))
    return tuple(filter(None, names_of))


def time_in(record: Record, *names: str) -> str:
    """Return a time as "2026-05-06 15:31" (UTC where it is given in Unix time), as "15:31", or empty."""
    value = first(record, *names)
    if isinstance(value, str) and re.fullmatch(r"\d{10}(?:\d{3})?(?:\.\d+)?", value.strip()):
        value = float(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = value / 1000 if value > _DUSK else value
        inside = _DAWN <= seconds <= _DUSK
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M") if inside else ""
    found = _ISO.match(value.strip()) if isinstance(value, str) else None
    if found:
        return " ".join(filter(None, found.groups()))
    return value.strip() if isinstance(value, str) and _CLOCK.fullmatch(value.strip()) else ""


def _plain(text: str) -> str:
    """Return a text without HTML, if it is HTML."""
    if len(_TAG.findall(text)) < 2:
        return text.strip()
    from ingestion.parsers.html_blocks import write_blocks
    from ingestion.parsers.html_tree import parse_html
    from ingestion.parsers.writer import PieceWriter

    root = parse_html(text)
    writer = PieceWriter()
    if root is not None:
        write_blocks(root, writer)
    return "\n".join(piece.text for piece in writer.pieces)
