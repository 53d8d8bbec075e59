"""Canned replies, suggestions that were shown, and what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the tables, empty."""
    op.create_table("canned_lists", _home(primary_key=True), sa.Column("revision", sa.Integer, nullable=False))
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Text, primary_key=True),
        _home(),
        *_texts("shortcut", "language", "title", "text", "category"),
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("accepted", sa.Integer, nullable=False),
    )
    op.create_index("canned_replies_listing", "canned_replies", ["knowledge_base", "shortcut", "language"])
    op.create_table(
        "suggestion_sets",
        sa.Column("id", sa.Text, primary_key=True),
        _home(),
        *_texts("agent_group", "created_at"),
        sa.Column("items", sa.JSON, nullable=False),
    )
    op.create_index("suggestion_sets_by_time", "suggestion_sets", ["created_at"])
    op.create_table(
        "suggestion_verdicts",
        sa.Column("suggestion_id", sa.Text, primary_key=True),
        _home(),
        *_texts("agent_group", "kind", "key", "verdict", "suggested", "sent"),
        sa.Column("distance", sa.Float, nullable=False),
        sa.Column("expected", sa.Float, nullable=False),
        *_texts("created_at"),
    )
    op.create_table(
        "suggestion_tallies",
        _home(primary_key=True),
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("agent_group", "kind", "key")),
        sa.Column("judged", sa.Integer, nullable=False),
        sa.Column("credit", sa.Float, nullable=False),
        sa.Column("expected", sa.Float, nullable=False),
    )


def downgrade() -> None:
    """Remove the tables with what is in them."""
    for name in ("suggestion_tallies", "suggestion_verdicts", "suggestion_sets", "canned_replies", "canned_lists"):
        op.drop_table(name)


def _home(*, primary_key: bool = False) -> sa.Column[str]:
    home = sa.ForeignKey("knowledge_bases.name", ondelete="CASCADE")
    return sa.Column("knowledge_base", sa.Text, home, primary_key=primary_key, nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
