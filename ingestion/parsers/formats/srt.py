"""SubRip: subtitles of most players, and of calls."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.subtitles import subtitle_document

__all__ = ["PARSER", "SubRipParser"]

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\d{1,6}[ \t]*\r?\n[ \t]*\d{1,4}:\d{2}:\d{2}[.,]\d{1,3}[ \t]*-->")


@dataclass(frozen=True, slots=True)
class SubRipParser:
    """Parses SubRip."""

    format: str = "SubRip"
    extensions: tuple[str, ...] = (".srt",)

    def recognizes(self, data: bytes) -> bool:
        """Tell by the first number and timing."""
        return _START.match(data) is not None

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text by paragraphs, or by turns where the cues name their speakers."""
        return subtitle_document(data, name=name)


PARSER = SubRipParser()
