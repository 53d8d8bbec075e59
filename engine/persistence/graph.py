"""The GraphRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, delete, insert, select

from engine.domain.graph import Basis, Edge, NodeKind, Relation, Thing
from engine.domain.knowledge import Span
from engine.persistence.graph_tables import graph_edges, graph_readings
from engine.persistence.repository import SqlRepository
from engine.persistence.transactions import reading, writing

__all__ = ["SqlGraphRepository"]


class SqlGraphRepository(SqlRepository):
    """Edges by the documents that tell of them; safe to use from several threads and processes."""

    def versions(self, knowledge_base: str) -> Mapping[str, int]:
        """Return which version of each document was read."""
        query = select(graph_readings.c.document_id, graph_readings.c.version)
        with reading(self._engine) as connection:
            rows = connection.execute(query.where(graph_readings.c.knowledge_base == knowledge_base))
            return {row.document_id: row.version for row in rows}

    def put(self, knowledge_base: str, document_id: str, version: int, edges: Sequence[Edge]) -> None:
        """Keep what a version of a document tells, in the place of what was kept of the document."""
        row = {"document_id": document_id, "knowledge_base": knowledge_base, "version": version}
        with writing(self._engine) as connection:
            connection.execute(delete(graph_readings).where(graph_readings.c.document_id == document_id))
            connection.execute(insert(graph_readings), row)
            if edges:
                rows = [_row(document_id, ordinal, edge) for ordinal, edge in enumerate(edges)]
                connection.execute(insert(graph_edges), rows)

    def edges(self, knowledge_base: str) -> tuple[Edge, ...]:
        """Return all edges, by document and place."""
        query = select(graph_edges, graph_readings.c.version)
        query = query.join(graph_readings, graph_readings.c.document_id == graph_edges.c.document_id)
        query = query.where(graph_readings.c.knowledge_base == knowledge_base)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(graph_edges.c.document_id, graph_edges.c.ordinal)).all()
        return tuple(map(_edge, rows))


def _row(document_id: str, ordinal: int, edge: Edge) -> dict[str, object]:
    return {
        "document_id": document_id,
        "ordinal": ordinal,
        "relation": edge.relation.value,
        "basis": edge.basis.value,
        "source_kind": edge.source.kind.value,
        "source_key": edge.source.key,
        "source_label": edge.source.label,
        "target_kind": edge.target.kind.value,
        "target_key": edge.target.key,
        "target_label": edge.target.label,
        "address": edge.address,
        "start": edge.span.start,
        "end": edge.span.end,
    }


def _edge(row: Row[Any]) -> Edge:
    return Edge(
        Thing(NodeKind(row.source_kind), row.source_key, row.source_label),
        Relation(row.relation),
        Thing(NodeKind(row.target_kind), row.target_key, row.target_label),
        Basis(row.basis),
        Span(row.start, row.end),
        row.document_id,
        row.version,
        row.address,
    )
