"""Write what was proposed and approved into a knowledge base, as a new document or a new version of one."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.domain.proposals import Proposal, Publication
from engine.errors import Conflict
from engine.service import Engine
from ingestion.connect import target_of
from ingestion.entries import WrittenEntry, write_entry
from ingestion.target import IngestTarget
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
    """Write the entry; return the id of its document."""
    entry = WrittenEntry(
        proposal.question, proposal.answer, proposal.language, proposal.access, notes={"proposal": proposal.id}
    )
    return write_entry(target, entry, source=PROPOSALS, uri=f"{PROPOSALS}/{proposal.id}")
