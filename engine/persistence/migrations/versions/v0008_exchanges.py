"""What was answered from which documents, beside the turns of a conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the table; answers from before are not in it."""
    op.create_table(
        "exchanges",
        sa.Column("answer_id", sa.Text, primary_key=True),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("knowledge_base", sa.Text, nullable=False),
        sa.Column("standalone", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("citations", sa.JSON, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("abstained", sa.Text),
        sa.Column("clarified", sa.Boolean, nullable=False),
        sa.Column("handoff", sa.Text),
        sa.ForeignKeyConstraint(
            ["conversation_id", "position"], ["turns.conversation_id", "turns.position"], ondelete="CASCADE"
        ),
    )
    op.create_index("exchanges_in_order", "exchanges", ["conversation_id", "position"])
