"""Parse a file of any known format, within limits."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from zipfile import BadZipFile

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.ocr.options import OcrOptions, ReadsImages
from ingestion.paging import Parsing, document_of
from ingestion.parsers.protocol import PagedParser
from ingestion.parsers.registry import misnamed, parser_for

__all__ = ["PARSERS_VERSION", "Limits", "check_size", "parse", "parse_by_pages"]

PARSERS_VERSION = "5"
"""Changes whenever the same file gives another text, so that indexed documents are parsed anew.

That may come from parsers, OCR, transcripts with their cases, scrubbing, encodings and archives alike.
"""

# What libraries raise on files that their authors did not think of; parsers turn the expected ones into InvalidInput.
_UNEXPECTED = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError),
    *(ValueError, SyntaxError, BadZipFile, struct.error, zlib.error),  # SyntaxError: of XML
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Largest file in MB (10^6 bytes) and longest text in characters that are taken in, and how images are read."""

    max_file_mb: float = 64.0
    max_text_chars: int = 20_000_000
    ocr: OcrOptions = field(default_factory=OcrOptions)


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
    return document_of(parse_by_pages(data, name=name, limits=limits or Limits()))


def parse_by_pages(data: bytes, *, name: str, limits: Limits) -> Parsing:
    """Parse as `parse` does; yield each page that is done, of formats where a page may take long."""
    check_size(len(data), name=name, limits=limits)
    parser = parser_for(name, data)
    if isinstance(parser, ReadsImages):
        parser = parser.with_ocr(limits.ocr)
    try:
        if isinstance(parser, PagedParser):
            parsed = yield from parser.by_pages(data, name=name)
        else:
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
    if misnamed(name, parser, data):
        note = f"The name says {PurePosixPath(name).suffix}, the content is {parser.format}."
        parsed = replace(parsed, warnings=(*parsed.warnings, note))
    return parsed
