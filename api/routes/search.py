"""`POST /v1/search`."""

from __future__ import annotations

from fastapi import APIRouter

from api.openapi import problems
from api.schemas.filters import FilterIn
from api.schemas.search import SearchIn, SearchOut
from api.state import EngineOf

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["search"])


@router.post("/search", responses=problems(404, 409, 413))
def search(body: SearchIn, engine: EngineOf) -> SearchOut:
    """Find the passages for a query, best first, with scores, per-retriever ranks and highlights."""
    found = engine.search(
        body.knowledge_base,
        body.query,
        filter=(body.filter or FilterIn()).to_domain(),
        limit=body.limit,
        language=body.language or "",
    )
    return SearchOut.of(found)
