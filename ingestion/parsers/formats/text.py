"""Plain text in any encoding: paragraphs, lists, hard-wrapped lines, transcripts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.description import document
from ingestion.parsers.paragraphs import split_paragraphs, title_of, write_paragraphs
from ingestion.parsers.text_source import read_text
from ingestion.parsers.writer import PieceWriter
from ingestion.transcripts.documents import transcript_document
from ingestion.transcripts.plain_text import read_plain_text

__all__ = ["PARSER", "TextParser"]


@dataclass(frozen=True, slots=True)
class TextParser:
    """Parses plain text."""

    format: str = "plain text"
    extensions: tuple[str, ...] = (".txt", ".text", ".log")

    def recognizes(self, data: bytes) -> bool:  # noqa: ARG002
        """Return False: anything may be text, so the name decides."""
        return False

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text by paragraphs, the first that stands alone as title; a conversation by turns, scrubbed."""
        source = read_text(data, name=name)
        conversation = read_plain_text(source.text)
        if conversation:
            return replace(transcript_document(conversation, name=name), warnings=source.warnings)
        paragraphs = split_paragraphs(source.text)
        writer = PieceWriter()
        write_paragraphs(paragraphs, writer)
        return document(writer.pieces, name=name, title=title_of(paragraphs), warnings=source.warnings)


PARSER = TextParser()
