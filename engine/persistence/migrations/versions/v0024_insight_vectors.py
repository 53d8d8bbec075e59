"""Vectors of questions that no topic was found for, and an index that finds new questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Create the table, empty: the next run fills it; and the index."""
    op.create_table(
        "insight_vectors",
        sa.Column("answer_id", sa.Text, sa.ForeignKey("exchanges.answer_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("knowledge_base", sa.Text, sa.ForeignKey("knowledge_bases.name", ondelete="CASCADE"), nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("vector", sa.Text, nullable=False),
    )
    op.create_index("insight_vectors_of_bases", "insight_vectors", ["knowledge_base"])
    op.create_index("exchanges_by_time", "exchanges", ["knowledge_base", "created_at", "answer_id"])


def downgrade() -> None:
    """Remove both; vectors are made anew when they are needed."""
    op.drop_index("exchanges_by_time", "exchanges")
    op.drop_table("insight_vectors")
