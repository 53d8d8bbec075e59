"""Write conversations and cases as parsed documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.domain.knowledge import DocumentKind, ParsedDocument
from engine.guard.personal_data import Scrubber
from engine.languages.service_phrases import case_headings
from engine.languages.speaker_labels import Speaker, label_for
from ingestion.normalize import clean, has_dirt, is_unspaced
from ingestion.parsers.description import DIRT, document, stem
from ingestion.parsers.writer import PieceWriter
from ingestion.transcripts.cases import Case
from ingestion.transcripts.conversation import Conversation, Turn
from ingestion.transcripts.scrubbing import scrubbed

__all__ = ["case_document", "conversations_document", "transcript_document", "turn_lines"]


def transcript_document(conversation: Conversation, *, name: str, case: str = "") -> ParsedDocument:
    """Return the scrubbed conversation, a line a turn ("[10:02] Agent: ..."), as a document of kind TRANSCRIPT.

    `case` is the uri of the case that was extracted from it, kept in the metadata.
    """
    clear = scrubbed(conversation)
    writer = PieceWriter()
    _write(clear, writer)
    fields: dict[str, object] = {"conversation": clear.id, "time": clear.time, "case": case, "language": clear.language}
    dirt = (DIRT,) if has_dirt(clear.text) else ()
    parsed = document(writer.pieces, name=name, title=clear.title, fields=fields, warnings=dirt)
    return replace(parsed, kind=DocumentKind.TRANSCRIPT, tags=clear.tags)


def conversations_document(conversations: Sequence[Conversation], *, name: str) -> ParsedDocument:
    """Return scrubbed conversations as one document, each under a heading; for exports that are not expanded."""
    if len(conversations) == 1:
        return transcript_document(conversations[0], name=name)
    writer = PieceWriter()
    for number, conversation in enumerate(conversations, 1):
        clear = scrubbed(conversation)
        writer.heading(clear.title or clear.id or f"{number}", 1)
        _write(clear, writer)
    return replace(document(writer.pieces, name=name, title=stem(name)), kind=DocumentKind.TRANSCRIPT)


def case_document(case: Case, *, name: str, transcript: str) -> ParsedDocument:
    """Return the case with one heading for the question and one for the resolution, as a document of kind CASE.

    `transcript` is the uri of the full conversation, kept in the metadata.
    """
    headings = case_headings(case.language)
    scrubber = Scrubber(case.language)
    scrubber.reserve((case.title, *case.question, *case.resolution))
    writer = PieceWriter()
    for heading, paragraphs in ((headings.question, case.question), (headings.resolution, case.resolution)):
        writer.heading(heading, 2)
        for paragraph in paragraphs:
            writer.paragraph(scrubber.scrub(paragraph))
    fields: dict[str, object] = {"transcript": transcript, "time": case.time, "language": case.language}
    parsed = document(writer.pieces, name=name, title=scrubber.scrub(case.title), fields=fields)
    return replace(parsed, kind=DocumentKind.CASE, tags=case.tags)


def turn_lines(conversation: Conversation) -> Iterator[str]:
    """Yield the turns as text, with a time where it is known and a label that says whose words they are."""
    colon = "：" if is_unspaced(conversation.text) else ": "
    for turn in conversation.turns:
        stamp = f"[{turn.time}] " if turn.time else ""
        yield f"{stamp}{_label(turn, conversation.language)}{colon}{turn.text}"


def _label(turn: Turn, language: str) -> str:
    return turn.name or "?" if turn.speaker is Speaker.UNKNOWN else label_for(turn.speaker, language)


def _write(conversation: Conversation, writer: PieceWriter) -> None:
    for paragraph in conversation.opening:
        writer.lines(paragraph.split("\n"))
    writer.lines([_without_empty_lines(line) for line in turn_lines(conversation)])
    for paragraph in conversation.closing:
        writer.lines(paragraph.split("\n"))


def _without_empty_lines(text: str) -> str:
    return "\n".join(line for line in clean(text).split("\n") if line.strip())
