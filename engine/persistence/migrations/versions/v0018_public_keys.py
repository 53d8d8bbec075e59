"""Keys that pages may show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add what public keys may be used for."""
    op.add_column("api_keys", sa.Column("public", sa.JSON))


def downgrade() -> None:
    """Take public keys away: without what they are bound to nobody could tell them from others."""
    op.execute("DELETE FROM api_keys WHERE id LIKE 'kdpub%'")
    op.drop_column("api_keys", "public")
