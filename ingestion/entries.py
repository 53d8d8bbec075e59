"""Write a question with its answer into a knowledge base, as an FAQ page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from engine.domain.knowledge import DocumentKind, ParsedDocument
from engine.errors import BackendFailed
from ingestion.parsers.description import document
from ingestion.parsers.writer import PieceWriter
from ingestion.parsing import Limits
from ingestion.pipeline import ingest
from ingestion.preparing import document_id
from ingestion.report import IngestReport
from ingestion.sources import MemoryFile, SourceNotes
from ingestion.target import IngestOptions, IngestTarget

__all__ = ["ENTRIES", "WrittenEntry", "write_entry"]

ENTRIES = "faqs"
"""The source of entries that were written by hand."""


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """A question with its answer, whose words are taken as they stand: no markup.

    `language` (BCP 47; empty: detected) is that of both; `notes` are kept with the document.
    """

    question: str
    answer: str
    language: str = ""
    tags: tuple[str, ...] = ()
    notes: Mapping[str, object] = field(default_factory=dict)


def write_entry(target: IngestTarget, entry: WrittenEntry, *, source: str, uri: str) -> str:
    """Write the entry, a new version if there is one under that uri; return the id of its document.

    BackendFailed tells why it could not be indexed.
    """
    notes = SourceNotes(kind=DocumentKind.FAQ, tags=entry.tags)
    said = f"{entry.question}\n{entry.answer}"
    file = MemoryFile(uri, said.encode(), title=entry.question, notes=notes)
    options = IngestOptions(parse=partial(_parsed, entry), expand=lambda whole: iter((whole,)))
    events = ingest([file], target=target, source=source, options=options)
    (report,) = (event for event in events if isinstance(event, IngestReport))
    if report.failures:
        raise BackendFailed(report.failures[0].error, remedy=report.failures[0].remedy)
    return document_id(target.knowledge_base, source, uri)


def _parsed(entry: WrittenEntry, data: bytes, *, name: str, limits: Limits) -> ParsedDocument:  # noqa: ARG001
    """Return the question as a heading with the answer below it."""
    writer = PieceWriter()
    writer.heading(entry.question, 1)
    for paragraph in entry.answer.split("\n"):
        if paragraph.strip():
            writer.paragraph(paragraph)
    fields = {"language": entry.language, **entry.notes} if entry.language else dict(entry.notes)
    return document(writer.pieces, name=name, title=entry.question, fields=fields)
