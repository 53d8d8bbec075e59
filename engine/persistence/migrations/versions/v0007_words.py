"""Words that an owner does not want in replies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the list of each knowledge base, empty, and the number of its changes."""
    op.create_table(
        "word_lists",
        _of_a_knowledge_base(),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_table(
        "words",
        _of_a_knowledge_base(),
        sa.Column("word", sa.Text, primary_key=True),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("disguised", sa.Boolean, nullable=False),
    )


def _of_a_knowledge_base() -> sa.Column[str]:
    home = sa.ForeignKey("knowledge_bases.name", ondelete="CASCADE")
    return sa.Column("knowledge_base", sa.Text, home, primary_key=True)
