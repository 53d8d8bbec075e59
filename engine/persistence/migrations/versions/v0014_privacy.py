"""Whose conversations are whose, and the record of who did what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create the tables; conversations that are there get the times of their exchanges."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("began_at", sa.Text, nullable=False),
        sa.Column("last_at", sa.Text, nullable=False),
    )
    op.create_index("conversations_of_customers", "conversations", ["customer"])
    op.create_index("conversations_by_time", "conversations", ["last_at"])
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.execute(
        "INSERT INTO conversations (id, customer, began_at, last_at)"
        " SELECT conversation_id, '', MIN(created_at), MAX(created_at) FROM exchanges GROUP BY conversation_id"
    )


def downgrade() -> None:
    """Remove the tables with what is in them."""
    op.drop_table("audit")
    op.drop_table("conversations")
