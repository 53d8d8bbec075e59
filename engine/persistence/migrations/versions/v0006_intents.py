"""The owner's intents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables, empty."""
    op.create_table("taxonomies", _of_a_knowledge_base(), sa.Column("revision", sa.Integer, nullable=False))
    op.create_table(
        "intents",
        _of_a_knowledge_base(),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("queue", sa.Text, nullable=False),
        sa.Column("priority", sa.Text, nullable=False),
        sa.Column("required", sa.JSON, nullable=False),
        sa.Column("examples", sa.JSON, nullable=False),
    )


def _of_a_knowledge_base() -> sa.Column[str]:
    home = sa.ForeignKey("knowledge_bases.name", ondelete="CASCADE")
    return sa.Column("knowledge_base", sa.Text, home, primary_key=True)
