"""Several indexes of a knowledge base, one of them in use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_UP = """
INSERT INTO indexes (knowledge_base, slot, in_use, source, model, revision, dimension, normalized, terms)
SELECT knowledge_base, '', true, '', model, revision, dimension, normalized, terms FROM signatures
"""
_DOWN = """
INSERT INTO signatures (knowledge_base, model, revision, dimension, normalized, terms)
SELECT knowledge_base, model, revision, dimension, normalized, terms FROM indexes WHERE slot = ''
"""


def upgrade() -> None:
    """Turn what is known of the one index into the record of the first slot, in use."""
    op.create_table(
        "indexes",
        _owner(),
        sa.Column("slot", sa.Text, primary_key=True),
        sa.Column("in_use", sa.Boolean, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("trial", sa.JSON, nullable=True),
        *_signature(),
    )
    op.execute(_UP)
    op.drop_table("signatures")


def downgrade() -> None:
    """Keep what is known of first slots only: where another is in use, the knowledge base has to be indexed anew."""
    op.create_table("signatures", _owner(), *_signature())
    op.execute(_DOWN)
    op.drop_table("indexes")


def _owner() -> sa.Column[str]:
    owner = sa.ForeignKey("knowledge_bases.name", ondelete="CASCADE")
    return sa.Column("knowledge_base", sa.Text, owner, primary_key=True)


def _signature() -> list[sa.Column[object]]:
    kinds = {"model": sa.Text, "revision": sa.Text, "dimension": sa.Integer, "normalized": sa.Boolean, "terms": sa.Text}
    return [sa.Column(name, kind, nullable=False) for name, kind in kinds.items()]
