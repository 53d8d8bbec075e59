"""Texts compare by their code points on PostgreSQL too, whatever language the server sorts in."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Text, inspect

from engine.persistence.schema import metadata

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Compare by code points; tables that later migrations make say so themselves."""
    _collate("C")


def downgrade() -> None:
    """Compare as the server does by default."""
    _collate("default")


def _collate(collation: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    quoted, there = connection.dialect.identifier_preparer.quote, inspect(connection)
    for table in sorted(metadata.tables.keys() & set(there.get_table_names())):
        names = [quoted(column["name"]) for column in there.get_columns(table) if isinstance(column["type"], Text)]
        changes = ", ".join(f'ALTER COLUMN {name} TYPE text COLLATE "{collation}"' for name in names)
        if changes:
            op.execute(f"ALTER TABLE {quoted(table)} {changes}")
