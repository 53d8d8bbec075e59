"""The tables of what helps agents: canned replies, and suggestions with what became of them."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table

from engine.persistence.any_text import AnyText
from engine.persistence.sealed import SealedJson, SealedText
from engine.persistence.tables import metadata

__all__ = ["canned_lists", "canned_replies", "suggestion_sets", "suggestion_tallies", "suggestion_verdicts"]


def _home(*, primary_key: bool = False) -> Column[str]:
    home = ForeignKey("knowledge_bases.name", ondelete="CASCADE")
    return Column("knowledge_base", AnyText, home, primary_key=primary_key, nullable=False)


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, AnyText, nullable=False) for name in names]


def _conversation() -> Column[str]:
    return Column("conversation_id", AnyText, nullable=False, server_default="", comment="empty if not told")


canned_lists = Table(
    "canned_lists",
    metadata,
    _home(primary_key=True),
    Column("revision", Integer, nullable=False, comment="grows with each change of the replies"),
)

canned_replies = Table(
    "canned_replies",
    metadata,
    Column("id", AnyText, primary_key=True),
    _home(),
    *_texts("shortcut", "language", "title", "text", "category"),
    Column("used", Integer, nullable=False, comment="times it was sent after it had been suggested"),
    Column("accepted", Integer, nullable=False, comment="times it was sent unchanged"),
    Index("canned_replies_listing", "knowledge_base", "shortcut", "language"),
)

suggestion_sets = Table(
    "suggestion_sets",
    metadata,
    Column("id", AnyText, primary_key=True),
    _home(),
    *_texts("agent_group", "created_at"),
    _conversation(),
    Column("items", SealedJson, nullable=False, comment="id, kind, key, text and fit of each, in the order shown"),
    Index("suggestion_sets_by_time", "created_at"),
    Index("suggestion_sets_of_conversations", "conversation_id"),
)

suggestion_verdicts = Table(
    "suggestion_verdicts",
    metadata,
    Column("suggestion_id", AnyText, primary_key=True),
    _home(),
    *_texts("agent_group", "kind", "key", "verdict"),
    Column("suggested", SealedText, nullable=False),
    Column("sent", SealedText, nullable=False),
    _conversation(),
    Column("distance", Float, nullable=False, comment="of what was sent from what was suggested, 0..1"),
    Column("expected", Float, nullable=False, comment="how likely it was by its fit alone"),
    *_texts("created_at"),
    Index("suggestion_verdicts_of_conversations", "conversation_id"),
)

suggestion_tallies = Table(
    "suggestion_tallies",
    metadata,
    _home(primary_key=True),
    Column("agent_group", AnyText, primary_key=True, comment="empty: all agents"),
    Column("kind", AnyText, primary_key=True),
    Column("key", AnyText, primary_key=True, comment="empty: all suggestions of the kind"),
    Column("judged", Integer, nullable=False),
    Column("credit", Float, nullable=False, comment="1 for each accepted, 1 - distance for each edited"),
    Column("expected", Float, nullable=False, comment="what the fits made of them, summed up"),
)
