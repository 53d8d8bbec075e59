"""`/v1/graph`, and the documents that hang together."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.openapi import problems
from api.schemas.base import Identifier
from api.schemas.graph import GraphOut, GraphQuery, RelatedOut, RelatedQuery
from api.state import AssistOf
from engine.domain.graph import Edge

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["insights"])
DocumentId = Annotated[Identifier, Path(description="Id of a document.")]


@router.get("/graph", responses=problems(404))
def show_graph(query: Annotated[GraphQuery, Query()], assist: AssistOf) -> GraphOut:
    """Show products, error codes, parts and policies with their relations, and the evidence for each.

    Documents are read when they are new or changed.
    """
    view = assist.graph.view(
        query.knowledge_base, kind=query.kind, node=query.node or "", name=query.name or "", limit=query.limit
    )
    stored = lru_cache(maxsize=None)(assist.engine.parts.knowledge.stored_text)

    def quote(edge: Edge) -> str:
        return edge.span.of(stored(edge.document_id, edge.version).text) if len(edge.span) else ""

    return GraphOut.told(view, quote)


@router.get("/documents/{id}/related", responses=problems(404))
def list_related_documents(id: DocumentId, query: Annotated[RelatedQuery, Query()], assist: AssistOf) -> RelatedOut:
    """List the documents that hang together with one: they name the same products, errors and parts, or are linked."""
    return RelatedOut.told(assist.graph.related(id, limit=query.limit))
