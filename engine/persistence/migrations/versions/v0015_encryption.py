"""Which keys have encrypted, and whose conversation suggestions were made for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Create the table, empty; what was suggested so far is in nobody's conversation."""
    op.create_table("encryption_keys", sa.Column("id", sa.Text, primary_key=True))
    for table in ("suggestion_sets", "suggestion_verdicts"):
        op.add_column(table, sa.Column("conversation_id", sa.Text, nullable=False, server_default=""))
        op.create_index(f"{table}_of_conversations", table, ["conversation_id"])


def downgrade() -> None:
    """Remove the table and the columns; what is encrypted stays so."""
    for table in ("suggestion_verdicts", "suggestion_sets"):
        op.drop_index(f"{table}_of_conversations", table)
        op.drop_column(table, "conversation_id")
    op.drop_table("encryption_keys")
