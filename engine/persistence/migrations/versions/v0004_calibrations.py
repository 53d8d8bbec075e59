"""Calibrations of knowledge bases on their own golden questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "calibrations",
        sa.Column(
            "knowledge_base", sa.Text, sa.ForeignKey("knowledge_bases.name", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("slope", sa.Float, nullable=False),
        sa.Column("intercept", sa.Float, nullable=False),
        sa.Column("thresholds", sa.JSON, nullable=False),
        sa.Column("questions", sa.Integer, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("fitted_on", sa.Text, nullable=False),
    )
