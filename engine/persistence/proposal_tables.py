"""The tables of what is proposed to be written into the knowledge."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Table

from engine.persistence.any_text import AnyText
from engine.persistence.sealed import SealedText
from engine.persistence.tables import metadata

__all__ = ["proposal_evidence", "proposals"]

proposals = Table(
    "proposals",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("knowledge_base", AnyText, ForeignKey("knowledge_bases.name", ondelete="CASCADE"), nullable=False),
    *(Column(name, AnyText, nullable=False) for name in ("kind", "state", "language", "question", "answer", "reason")),
    Column("confidence", Float, nullable=False),
    Column("access", JSON, nullable=False, comment="tags that say who may see it"),
    Column("place", JSON, comment="what of a document it would change; null for an entry of its own"),
    Column("publication", JSON, comment="what publishing wrote"),
    Column("effect", JSON, comment="what that did to questions; those of the evidence by their ids alone"),
    Column("created_at", AnyText, nullable=False),
    Column("changed_at", AnyText, nullable=False),
    Index("proposals_listing", "knowledge_base", "state"),
)

proposal_evidence = Table(
    "proposal_evidence",
    metadata,
    Column("proposal_id", AnyText, ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True),
    Column("id", AnyText, primary_key=True, comment="of the observation"),
    *(Column(name, SealedText, nullable=False) for name in ("question", "answer")),
    *(Column(name, AnyText, nullable=False) for name in ("language", "document_id")),
    Column("conversation_id", AnyText, nullable=False, comment="it goes with that; empty for a case"),
    Column("agrees", Boolean, nullable=False),
    Index("proposal_evidence_of_conversations", "conversation_id"),
)
