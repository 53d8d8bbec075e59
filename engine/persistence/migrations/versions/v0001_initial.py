"""The first schema: knowledge bases, documents with versions, texts and chunks, conversations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create all tables."""
    _create_knowledge_bases()
    _create_documents()
    _create_contents()
    op.create_table(
        "turns",
        sa.Column("conversation_id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )


def _create_knowledge_bases() -> None:
    op.create_table(
        "knowledge_bases",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("description", sa.Text, nullable=False),
    )
    op.create_table(
        "signatures",
        sa.Column(
            "knowledge_base", sa.Text, sa.ForeignKey("knowledge_bases.name", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("revision", sa.Text, nullable=False),
        sa.Column("dimension", sa.Integer, nullable=False),
        sa.Column("normalized", sa.Boolean, nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
    )


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("knowledge_base", sa.Text, sa.ForeignKey("knowledge_bases.name", ondelete="CASCADE"), nullable=False),
        sa.Column("current_version", sa.Integer, comment="null until a version is activated"),
        sa.Column("source", sa.Text, nullable=False, comment="of the current version, as is the uri"),
        sa.Column("uri", sa.Text, nullable=False),
    )
    op.create_index("documents_listing", "documents", ["knowledge_base", "uri", "id"])
    op.create_table(
        "versions",
        sa.Column("document_id", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("activated", sa.Boolean, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("uri", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("effective_from", sa.Date),
        sa.Column("effective_until", sa.Date),
        sa.Column("metadata", sa.JSON, nullable=False),
        sa.Column("chunk_count", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
    )


def _create_contents() -> None:
    op.create_table(
        "texts",
        sa.Column("document_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
        _of_a_version(),
    )
    op.create_table(
        "chunks",
        sa.Column("document_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False, comment="of the span in the version's text, which is sliced"),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("section", sa.JSON, nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("language", sa.Text, nullable=False),
        _of_a_version(),
    )


def _of_a_version() -> sa.ForeignKeyConstraint:
    there = ["versions.document_id", "versions.version"]
    return sa.ForeignKeyConstraint(["document_id", "version"], there, ondelete="CASCADE")
