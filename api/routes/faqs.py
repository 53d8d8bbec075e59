"""`/v1/faqs`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.openapi import problems
from api.schemas.faqs import FaqPageOut, FaqsQuery
from api.state import EngineOf
from engine.faqs import faqs

__all__ = ["router"]

router = APIRouter(prefix="/v1/faqs", tags=["knowledge bases"])


@router.get("", responses=problems(404))
def list_faqs(query: Annotated[FaqsQuery, Query()], engine: EngineOf) -> FaqPageOut:
    """List the questions of FAQ documents with their answers, page by page, in the versions that hold today."""
    found = faqs(
        engine,
        query.knowledge_base,
        language=query.language or "",
        query=query.query,
        after=query.cursor or "",
        limit=query.limit + 1,
    )
    return FaqPageOut.page(found, query.limit)
