"""The tables of what was read out of customers' questions."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table

from engine.persistence.any_text import AnyText
from engine.persistence.sealed import SealedText
from engine.persistence.tables import metadata

__all__ = ["insight_clusters", "insight_questions", "insight_vectors"]

_BASE = "knowledge_bases.name"

insight_clusters = Table(
    "insight_clusters",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("knowledge_base", AnyText, ForeignKey(_BASE, ondelete="CASCADE"), nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("terms", JSON, nullable=False),
    Column("middle", LargeBinary, nullable=False, comment="middle of the questions' vectors, half precision"),
    Column("second_middle", LargeBinary, nullable=False, comment="the same by the second embedder; empty without one"),
    Column("size", Integer, nullable=False),
    Column("made_at", AnyText, nullable=False),
    Column("matched", JSON, comment="of a gap: what the knowledge base has"),
    Index("insight_clusters_listing", "knowledge_base", "kind"),
)

insight_questions = Table(
    "insight_questions",
    metadata,
    Column("answer_id", AnyText, ForeignKey("exchanges.answer_id", ondelete="CASCADE"), primary_key=True),
    Column("knowledge_base", AnyText, ForeignKey(_BASE, ondelete="CASCADE"), nullable=False),
    Column("conversation_id", AnyText, nullable=False),
    Column("language", AnyText, nullable=False),
    Column("asked_at", AnyText, nullable=False),
    Column("counted", Boolean, nullable=False, comment="not small talk, not said to a person"),
    Column("abstained", Boolean, nullable=False),
    Column("handed_over", Boolean, nullable=False),
    Column("reasked", Boolean, nullable=False, comment="the customer had to ask again"),
    Column("level", Integer, nullable=False, comment="mood, 1 to 5"),
    Column("topic_id", AnyText, comment="null before it was looked at, empty for none"),
    Column("gap_id", AnyText, comment="likewise"),
    Index("insight_questions_by_time", "knowledge_base", "asked_at"),
    Index("insight_questions_of_topics", "topic_id", "asked_at"),
    Index("insight_questions_of_gaps", "gap_id", "asked_at"),
)

insight_vectors = Table(
    "insight_vectors",
    metadata,
    Column("answer_id", AnyText, ForeignKey("exchanges.answer_id", ondelete="CASCADE"), primary_key=True),
    Column("knowledge_base", AnyText, ForeignKey(_BASE, ondelete="CASCADE"), nullable=False),
    Column("model", AnyText, nullable=False),
    Column("vector", SealedText, nullable=False, comment="in base 64; empty if the model does not understand"),
    Index("insight_vectors_of_bases", "knowledge_base"),
)
