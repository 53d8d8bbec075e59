"""The tables of the graph, by the documents that tell of it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from engine.persistence.any_text import AnyText
from engine.persistence.tables import metadata

__all__ = ["graph_edges", "graph_readings"]

graph_readings = Table(
    "graph_readings",
    metadata,
    Column("document_id", AnyText, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("knowledge_base", AnyText, nullable=False),
    Column("version", Integer, nullable=False),
    Index("graph_readings_listing", "knowledge_base"),
)

graph_edges = Table(
    "graph_edges",
    metadata,
    Column("document_id", AnyText, ForeignKey("graph_readings.document_id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    *(
        Column(name, AnyText, nullable=False)
        for name in (
            *("relation", "basis", "source_kind", "source_key", "source_label"),
            *("target_kind", "target_key", "target_label", "address"),
        )
    ),
    Column("start", Integer, nullable=False, comment="of the span in the version's text"),
    Column("end", Integer, nullable=False),
)
