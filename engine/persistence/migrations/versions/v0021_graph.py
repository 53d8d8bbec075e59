"""The graph of what the knowledge speaks of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Create the tables, empty: documents are read when the graph is asked for."""
    op.create_table(
        "graph_readings",
        sa.Column("document_id", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("knowledge_base", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("graph_readings_listing", "graph_readings", ["knowledge_base"])
    read = sa.ForeignKey("graph_readings.document_id", ondelete="CASCADE")
    names = ("relation", "basis", "source_kind", "source_key", "source_label")
    more = ("target_kind", "target_key", "target_label", "address")
    op.create_table(
        "graph_edges",
        sa.Column("document_id", sa.Text, read, primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in (*names, *more)),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("start", "end")),
    )


def downgrade() -> None:
    """Remove the tables with what is in them."""
    op.drop_table("graph_edges")
    op.drop_table("graph_readings")
