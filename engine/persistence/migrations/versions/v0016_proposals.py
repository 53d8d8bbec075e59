"""What is proposed to be written into the knowledge, and the evidence behind it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create the tables, empty."""
    home = sa.ForeignKey("knowledge_bases.name", ondelete="CASCADE")
    op.create_table(
        "proposals",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("knowledge_base", sa.Text, home, nullable=False),
        *_texts("kind", "state", "language", "question", "answer", "reason"),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("access", sa.JSON, nullable=False),
        *(sa.Column(name, sa.JSON) for name in ("place", "publication", "effect")),
        *_texts("created_at", "changed_at"),
    )
    op.create_index("proposals_listing", "proposals", ["knowledge_base", "state"])
    op.create_table(
        "proposal_evidence",
        sa.Column("proposal_id", sa.Text, sa.ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("question", "answer", "language", "document_id", "conversation_id"),
        sa.Column("agrees", sa.Boolean, nullable=False),
    )
    op.create_index("proposal_evidence_of_conversations", "proposal_evidence", ["conversation_id"])


def downgrade() -> None:
    """Remove the tables with what is in them."""
    for name in ("proposal_evidence", "proposals"):
        op.drop_table(name)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
