"""WebVTT: subtitles of web videos, and of calls."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.subtitles import subtitle_document

__all__ = ["PARSER", "WebVttParser"]

_START = re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|$)")


@dataclass(frozen=True, slots=True)
class WebVttParser:
    """Parses WebVTT."""

    format: str = "WebVTT"
    extensions: tuple[str, ...] = (".vtt",)

    def recognizes(self, data: bytes) -> bool:
        """Tell by the mark at the beginning."""
        return _START.match(data) is not None

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text by paragraphs, or by turns where the cues name their speakers."""
        return subtitle_document(data, name=name)


PARSER = WebVttParser()
