"""The tables of events, and of the messages that were drafted because of them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Table

from engine.persistence.any_text import AnyText
from engine.persistence.sealed import SealedJson, SealedName, SealedText
from engine.persistence.tables import metadata

__all__ = ["events", "messages"]


def _customer() -> Column[str]:
    return Column("customer", SealedName, nullable=False)


events = Table(
    "events",
    metadata,
    Column("id", AnyText, primary_key=True, comment="hash of the id that was sent"),
    _customer(),
    Column("kind", AnyText, nullable=False),
    Column("deed", AnyText, nullable=False, comment="last word of the kind"),
    Column("subject", SealedText, nullable=False),
    Column("details", SealedJson, nullable=False),
    Column("at", AnyText, nullable=False),
    Index("events_of_customers", "customer", "at"),
    Index("events_by_time", "at"),
    Index("events_by_deed", "deed"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("knowledge_base", AnyText, ForeignKey("knowledge_bases.name", ondelete="CASCADE"), nullable=False),
    _customer(),
    Column("rule", AnyText, nullable=False),
    Column("at", AnyText, nullable=False),
    Column("text", SealedText, nullable=False),
    Column("language", AnyText, nullable=False),
    Column("event_ids", JSON, nullable=False, comment="hashes"),
    Index("messages_of_customers", "customer", "at"),
    Index("messages_by_time", "at"),
)
