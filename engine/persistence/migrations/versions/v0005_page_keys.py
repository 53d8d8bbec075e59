"""What tells documents that are the same page in several languages, and those that hold on other days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the table and indexes; documents from before have no keys until they are written again."""
    op.create_table(
        "page_keys",
        sa.Column("document_id", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("knowledge_base", sa.Text, nullable=False),
    )
    op.create_index("page_keys_lookup", "page_keys", ["knowledge_base", "key"])
    op.create_index("versions_first_day", "versions", ["first_day"])
    op.create_index("versions_last_day", "versions", ["last_day"])
