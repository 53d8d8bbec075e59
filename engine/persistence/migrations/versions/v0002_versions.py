"""Versions in force over time, regions of recognised text, and what tells documents that are alike."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add columns and tables; versions that are current hold within their own dates, older ones no longer."""
    op.add_column("knowledge_bases", sa.Column("generation", sa.Integer, nullable=False, server_default="0"))
    op.add_column("documents", sa.Column("container", sa.Text, nullable=False, server_default=""))
    op.create_index("documents_contained", "documents", ["knowledge_base", "source", "container"])
    for column in (
        sa.Column("generation", sa.Integer),
        sa.Column("first_day", sa.Integer),
        sa.Column("last_day", sa.Integer),
        sa.Column("replaces", sa.Integer),
        sa.Column("edited", sa.JSON, nullable=False, server_default="[]"),
        sa.Column("text_hash", sa.Text, nullable=False, server_default=""),
        sa.Column("sketch", sa.LargeBinary),
    ):
        op.add_column("versions", column)
    op.create_index("versions_text", "versions", ["text_hash"])
    _create_regions()
    _create_bands()
    _date_current_versions()


def _create_regions() -> None:
    op.create_table(
        "regions",
        sa.Column("document_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("left", sa.Float, nullable=False),
        sa.Column("top", sa.Float, nullable=False),
        sa.Column("right", sa.Float, nullable=False),
        sa.Column("bottom", sa.Float, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        _of_a_version(),
    )


def _create_bands() -> None:
    op.create_table(
        "bands",
        sa.Column("document_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
        _of_a_version(),
    )
    op.create_index("bands_lookup", "bands", ["band"])


def _of_a_version() -> sa.ForeignKeyConstraint:
    there = ["versions.document_id", "versions.version"]
    return sa.ForeignKeyConstraint(["document_id", "version"], there, ondelete="CASCADE")


def _date_current_versions() -> None:
    versions = sa.table(
        "versions",
        *(sa.column(name) for name in ("document_id", "version", "generation", "first_day", "last_day")),
        sa.column("effective_from", sa.Date),
        sa.column("effective_until", sa.Date),
    )
    documents = sa.table("documents", sa.column("id"), sa.column("current_version"))
    current = sa.select(versions).join(
        documents,
        (versions.c.document_id == documents.c.id) & (versions.c.version == documents.c.current_version),
    )
    connection = op.get_bind()
    for row in connection.execute(current).all():
        first, last = row.effective_from or date.min, row.effective_until or date.max
        connection.execute(
            sa.update(versions)
            .where(versions.c.document_id == row.document_id, versions.c.version == row.version)
            .values(generation=0, first_day=first.toordinal(), last_day=last.toordinal())
        )
