"""Parse a file of any known format, within limits."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.registry import parser_for

__all__ = ["PARSERS_VERSION", "Limits", "check_size", "parse"]

PARSERS_VERSION = "1"
"""Changes whenever the same file gives another text, so that indexed documents are parsed anew."""

# What libraries raise on files that their authors did not think of; parsers turn the expected ones into InvalidInput.
_UNEXPECTED = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError),
    *(ValueError, struct.error, zlib.error),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Largest file in MB (10^6 bytes) and longest text in characters that are taken in."""

    max_file_mb: float = 64.0
    max_text_chars: int = 20_000_000


def check_size(size: int, *, name: str, limits: Limits) -> None:
    """Raise InvalidInput if a file of `size` bytes is empty or too large."""
    if size == 0:
        raise InvalidInput(f"{name} is empty.", remedy="Check that it is the right file.")
    if size > limits.max_file_mb * 1e6:
        raise InvalidInput(
            f"{name} has {size / 1e6:.1f} MB; at most {limits.max_file_mb:g} MB are allowed.",
            remedy="Split it, or raise KNOWDESK_MAX_FILE_MB.",
        )


def parse(data: bytes, *, name: str, limits: Limits | None = None) -> ParsedDocument:
    """Return the document in `data`; its format is told by content, then by the extension of `name`.

    Raises InvalidInput, naming the file and a remedy, for everything that cannot be parsed.
    """
    limits = limits or Limits()
    check_size(len(data), name=name, limits=limits)
    parser = parser_for(name, data)
    try:
        parsed = parser.parse(data, name=name)
    except _UNEXPECTED as error:
        raise InvalidInput(
            f"{name} cannot be parsed as {parser.format} ({type(error).__name__}).", remedy="Save it in another format."
        ) from error
    if len(parsed.text) > limits.max_text_chars:
        raise InvalidInput(
            f"{name} has {len(parsed.text):,} characters of text; at most {limits.max_text_chars:,} are allowed.",
            remedy="Split it, or raise KNOWDESK_MAX_TEXT_CHARS.",
        )
    return parsed
