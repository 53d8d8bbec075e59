"""The tables of turns that other systems report, of replies that were checked, and of promises."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, Table

from engine.persistence.any_text import AnyText
from engine.persistence.sealed import SealedName
from engine.persistence.tables import metadata

__all__ = ["reply_checks", "reply_promises", "sayings"]


def _turn() -> ForeignKeyConstraint:
    names = ["conversation_id", "position"]
    return ForeignKeyConstraint(names, [f"turns.{name}" for name in names], ondelete="CASCADE")


def _home() -> Column[str]:
    return Column("knowledge_base", AnyText, ForeignKey("knowledge_bases.name", ondelete="CASCADE"), nullable=False)


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, AnyText, nullable=False) for name in names]


sayings = Table(
    "sayings",
    metadata,
    Column("id", AnyText, primary_key=True, comment="hash of the conversation and the id in the other system"),
    *_texts("conversation_id"),
    Column("position", Integer, nullable=False),
    _home(),
    Column("agent", SealedName, nullable=False, comment="empty if not told"),
    *_texts("team", "language", "said_at"),
    _turn(),
    Index("sayings_in_order", "conversation_id", "position"),
    Index("sayings_by_time", "knowledge_base", "said_at"),
)

reply_checks = Table(
    "reply_checks",
    metadata,
    Column("id", AnyText, primary_key=True, comment="of the answer or the saying"),
    *_texts("conversation_id"),
    Column("position", Integer, nullable=False),
    _home(),
    *_texts("role", "team", "language", "said_at", "verdict"),
    Column("agent", SealedName, nullable=False),
    Column("findings", JSON, nullable=False, comment="rule, id, severity, start and end of each"),
    *_texts("answer_id"),
    _turn(),
    Index("reply_checks_by_time", "knowledge_base", "said_at"),
    Index("reply_checks_of_turns", "conversation_id", "position"),
)

reply_promises = Table(
    "reply_promises",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("reply_id", AnyText, ForeignKey("reply_checks.id", ondelete="CASCADE"), nullable=False),
    *_texts("matter", "standing"),
    Column("start", Integer, nullable=False, comment="of the span in the reply"),
    Column("end", Integer, nullable=False),
    *_texts("due", "state"),
    Column("settled_at", AnyText),
    Index("reply_promises_of_replies", "reply_id"),
    Index("reply_promises_by_state", "state"),
)
