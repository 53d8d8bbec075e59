"""From the bytes of a text file to its text: decoded, repaired, with what was odd about it."""

from __future__ import annotations

from dataclasses import dataclass

from ingestion.encoding import decode
from ingestion.mojibake import repair
from ingestion.normalize import has_dirt
from ingestion.parsers.description import DIRT

__all__ = ["TextSource", "read_text"]

_UNREADABLE = "Some characters are broken and show as \ufffd."


@dataclass(frozen=True, slots=True)
class TextSource:
    """A file's text, and warnings for people."""

    text: str
    warnings: tuple[str, ...] = ()


def read_text(data: bytes, *, name: str, declared: str | None = None) -> TextSource:
    """Decode a file and repair mojibake; `declared` is the encoding that the file states.

    Raises InvalidInput, naming the file, where no encoding makes sense.
    """
    fixed = repair(decode(data, name=name, declared=declared))
    dirt = (DIRT,) if has_dirt(fixed.text) else ()
    broken = (_UNREADABLE,) if "\ufffd" in fixed.text else ()
    return TextSource(fixed.text, (*fixed.warnings, *dirt, *broken))
