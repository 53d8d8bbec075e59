"""Parse subtitle files: a conversation where they say who speaks, else running text."""

from __future__ import annotations

from dataclasses import replace

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.cues import cue_paragraphs, read_cues
from ingestion.parsers.description import document
from ingestion.parsers.text_source import read_text
from ingestion.parsers.writer import PieceWriter
from ingestion.transcripts.documents import transcript_document
from ingestion.transcripts.voices import read_voices

__all__ = ["subtitle_document"]


def subtitle_document(data: bytes, *, name: str) -> ParsedDocument:
    """Return the text of the cues in order; voices become the turns of a transcript, scrubbed of personal data."""
    source = read_text(data, name=name)
    cues = read_cues(source.text)
    conversation = read_voices(cues)
    if conversation:
        return replace(transcript_document(conversation, name=name), warnings=source.warnings)
    writer = PieceWriter()
    for text in cue_paragraphs(cues):
        writer.paragraph(text)
    return document(writer.pieces, name=name, warnings=source.warnings)
