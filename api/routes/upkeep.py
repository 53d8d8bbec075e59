"""`/v1/insights/contradictions` and `/v1/insights/staleness`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.openapi import problems
from api.schemas.upkeep import (
    ContradictionOut,
    ContradictionsOut,
    ContradictionsQuery,
    StalenessOut,
    StaleOut,
    StaleQuery,
)
from api.state import EngineOf
from engine.insights.reviewing import find_contradictions
from engine.insights.staleness import find_stale

__all__ = ["router"]

router = APIRouter(prefix="/v1/insights", tags=["insights"])


@router.get("/contradictions", responses=problems(404))
def list_contradictions(query: Annotated[ContradictionsQuery, Query()], engine: EngineOf) -> ContradictionsOut:
    """Find statements that contradict each other: of documents, of agents in transcripts, of languages of a page.

    Only what is in force today is compared. It takes seconds for a thousand sentences.
    """
    found = find_contradictions(engine, query.knowledge_base, minimum=query.sure)
    return ContradictionsOut(items=tuple(map(ContradictionOut.of, found)))


@router.get("/staleness", responses=problems(404))
def list_stale(query: Annotated[StaleQuery, Query()], engine: EngineOf) -> StalenessOut:
    """Find documents that are expired or about to expire, link to pages that are not there, or reach no question."""
    found = find_stale(engine, query.knowledge_base, soon_days=query.days)
    return StalenessOut(items=tuple(map(StaleOut.of, found)))
