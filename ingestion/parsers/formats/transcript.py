"""A conversation in canonical form, as `ingestion.expanding` makes it from chat and call exports."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.transcripts.canonical import TRANSCRIPT_ENDING, TranscriptFile, is_transcript
from ingestion.transcripts.documents import transcript_document

__all__ = ["PARSER", "TranscriptParser"]


@dataclass(frozen=True, slots=True)
class TranscriptParser:
    """Parses transcripts in canonical form."""

    format: str = "transcript"
    extensions: tuple[str, ...] = (TRANSCRIPT_ENDING,)

    def recognizes(self, data: bytes) -> bool:
        """Tell by the mark at the beginning."""
        return is_transcript(data)

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the turns, scrubbed again in case somebody else wrote the file; metadata names the case."""
        file = TranscriptFile.decode(data, name=name)
        return transcript_document(file.conversation, name=name, case=file.case)


PARSER = TranscriptParser()
