"""What processes share that serve together: files of uploads, and how often who called."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Create the tables, empty."""
    op.create_table(
        "uploads",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("received_at", sa.Float, nullable=False),
    )
    op.create_table(
        "rate_windows",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("ends_at", sa.Float, nullable=False),
    )
    op.create_index("rate_windows_by_end", "rate_windows", ["ends_at"])


def downgrade() -> None:
    """Remove the tables with what is in them."""
    op.drop_table("rate_windows")
    op.drop_table("uploads")
