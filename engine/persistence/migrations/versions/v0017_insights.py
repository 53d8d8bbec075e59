"""What was read out of customers' questions: groups, and which question is in which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Create the tables, empty."""
    op.create_table(
        "insight_clusters",
        sa.Column("id", sa.Text, primary_key=True),
        _home(),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "name")),
        sa.Column("terms", sa.JSON, nullable=False),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("middle", "second_middle")),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("matched", sa.JSON),
    )
    op.create_index("insight_clusters_listing", "insight_clusters", ["knowledge_base", "kind"])
    op.create_table(
        "insight_questions",
        sa.Column("answer_id", sa.Text, sa.ForeignKey("exchanges.answer_id", ondelete="CASCADE"), primary_key=True),
        _home(),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("conversation_id", "language", "asked_at")),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("counted", "abstained", "handed_over", "reasked")),
        sa.Column("level", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("topic_id", "gap_id")),
    )
    op.create_index("insight_questions_by_time", "insight_questions", ["knowledge_base", "asked_at"])
    op.create_index("insight_questions_of_topics", "insight_questions", ["topic_id", "asked_at"])
    op.create_index("insight_questions_of_gaps", "insight_questions", ["gap_id", "asked_at"])


def downgrade() -> None:
    """Remove the tables with what is in them."""
    op.drop_table("insight_questions")
    op.drop_table("insight_clusters")


def _home() -> sa.Column[str]:
    home = sa.ForeignKey("knowledge_bases.name", ondelete="CASCADE")
    return sa.Column("knowledge_base", sa.Text, home, nullable=False)
