"""Write what was proposed and approved into a knowledge base, as a new document or a new version of one."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from engine.domain.knowledge import DocumentKind, ParsedDocument
from engine.domain.proposals import Proposal, Publication
from engine.errors import BackendFailed, Conflict
from engine.service import Engine
from ingestion.connect import target_of
from ingestion.parsers.description import document
from ingestion.parsers.writer import PieceWriter
from ingestion.parsing import Limits
from ingestion.pipeline import ingest
from ingestion.preparing import document_id
from ingestion.report import IngestReport
from ingestion.sources import MemoryFile, SourceNotes
from ingestion.target import IngestOptions, IngestTarget
from ingestion.versions.revising import roll_back
from ingestion.versions.rewriting import rewrite

__all__ = ["PROPOSALS", "KnowledgePublisher"]

PROPOSALS = "proposals"
"""The source of documents that began as proposals."""


class KnowledgePublisher:
    """The Publisher port over an engine: an entry of its own becomes an FAQ page, anything else a corrected version."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def publish(self, proposal: Proposal) -> Publication:
        """Write it, searchable when this returns; Conflict if what it would change is no longer there."""
        target = target_of(self._engine, proposal.knowledge_base)
        place = proposal.place
        if place is not None:
            made = rewrite(target, place.document_id, place.span, quote=place.quote, text=proposal.answer).document
            return Publication(made.id, made.version, made.version - 1, datetime.now(UTC))
        key = _add(target, proposal)
        version = target.knowledge.document(key).version
        return Publication(key, version, version - 1, datetime.now(UTC))

    def roll_back(self, publication: Publication) -> None:
        """Restore the version before, or remove the document if it was new; Conflict if it was changed since."""
        head = self._engine.parts.knowledge.document(publication.document_id)
        if head.version != publication.version:
            raise Conflict(
                f"Document {head.id} has a newer version, {head.version}.", remedy="Roll the document itself back."
            )
        if publication.previous:
            roll_back(target_of(self._engine, head.knowledge_base), head.id, publication.previous)
        else:
            self._engine.delete_document(head.id)


def _add(target: IngestTarget, proposal: Proposal) -> str:
    """Ingest the entry, which is taken as it stands: its words are no markup and no archive; return its id."""
    uri = f"{PROPOSALS}/{proposal.id}"
    notes = SourceNotes(kind=DocumentKind.FAQ, tags=proposal.access)
    file = MemoryFile(uri, f"{proposal.question}\n{proposal.answer}".encode(), title=proposal.question, notes=notes)
    options = IngestOptions(parse=partial(_entry, proposal), expand=lambda whole: iter((whole,)))
    (report,) = (
        event
        for event in ingest([file], target=target, source=PROPOSALS, options=options)
        if isinstance(event, IngestReport)
    )
    if report.failures:
        raise BackendFailed(report.failures[0].error, remedy=report.failures[0].remedy)
    return document_id(target.knowledge_base, PROPOSALS, uri)


def _entry(proposal: Proposal, data: bytes, *, name: str, limits: Limits) -> ParsedDocument:  # noqa: ARG001
    """Return the question as a heading with the answer below it."""
    writer = PieceWriter()
    writer.heading(proposal.question, 1)
    for paragraph in proposal.answer.split("\n"):
        if paragraph.strip():
            writer.paragraph(paragraph)
    fields: dict[str, object] = {"language": proposal.language, "proposal": proposal.id}
    return document(writer.pieces, name=name, title=proposal.question, fields=fields)
