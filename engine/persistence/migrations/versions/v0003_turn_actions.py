"""What the assistant did in a turn: asked back, did not know, handed over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; turns from before did none of these."""
    op.add_column("turns", sa.Column("action", sa.Text))
