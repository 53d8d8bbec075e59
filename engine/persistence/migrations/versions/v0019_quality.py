"""Turns that other systems report, checked replies, promises, events, and drafted messages."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Create the tables, empty."""
    op.create_table(
        "sayings",
        sa.Column("id", sa.Text, primary_key=True),
        *_placed(),
        *_texts("agent", "team", "language", "said_at"),
        _turn(),
    )
    op.create_index("sayings_in_order", "sayings", ["conversation_id", "position"])
    op.create_index("sayings_by_time", "sayings", ["knowledge_base", "said_at"])
    op.create_table(
        "reply_checks",
        sa.Column("id", sa.Text, primary_key=True),
        *_placed(),
        *_texts("role", "team", "language", "said_at", "verdict", "agent", "answer_id"),
        sa.Column("findings", sa.JSON, nullable=False),
        _turn(),
    )
    op.create_index("reply_checks_by_time", "reply_checks", ["knowledge_base", "said_at"])
    op.create_index("reply_checks_of_turns", "reply_checks", ["conversation_id", "position"])
    op.create_table(
        "reply_promises",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("reply_id", sa.Text, sa.ForeignKey("reply_checks.id", ondelete="CASCADE"), nullable=False),
        *_texts("matter", "standing", "due", "state"),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("start", "end")),
        sa.Column("settled_at", sa.Text),
    )
    op.create_index("reply_promises_of_replies", "reply_promises", ["reply_id"])
    op.create_index("reply_promises_by_state", "reply_promises", ["state"])
    op.create_table(
        "events",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("customer", "kind", "deed", "subject", "at"),
        sa.Column("details", sa.JSON, nullable=False),
    )
    op.create_index("events_of_customers", "events", ["customer", "at"])
    op.create_index("events_by_time", "events", ["at"])
    op.create_index("events_by_deed", "events", ["deed"])
    op.create_table(
        "messages",
        sa.Column("id", sa.Text, primary_key=True),
        _home(),
        *_texts("customer", "rule", "at", "text", "language"),
        sa.Column("event_ids", sa.JSON, nullable=False),
    )
    op.create_index("messages_of_customers", "messages", ["customer", "at"])
    op.create_index("messages_by_time", "messages", ["at"])


def downgrade() -> None:
    """Remove the tables with what is in them."""
    for name in ("messages", "events", "reply_promises", "reply_checks", "sayings"):
        op.drop_table(name)


def _home() -> sa.Column[str]:
    home = sa.ForeignKey("knowledge_bases.name", ondelete="CASCADE")
    return sa.Column("knowledge_base", sa.Text, home, nullable=False)


def _placed() -> tuple[sa.Column[Any], ...]:
    return (*_texts("conversation_id"), sa.Column("position", sa.Integer, nullable=False), _home())


def _turn() -> sa.ForeignKeyConstraint:
    names = ["conversation_id", "position"]
    return sa.ForeignKeyConstraint(names, [f"turns.{name}" for name in names], ondelete="CASCADE")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
