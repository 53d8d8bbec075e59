"""Feedback on answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "feedback",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("answer_id", sa.Text, sa.ForeignKey("exchanges.answer_id", ondelete="CASCADE"), nullable=False),
        sa.Column("verdict", sa.Text),
        sa.Column("edited_text", sa.Text, nullable=False),
        sa.Column("csat", sa.Integer),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
    )
    op.create_index("feedback_of_answers", "feedback", ["answer_id"])
    op.create_index("feedback_by_time", "feedback", ["created_at", "id"])
