"""`/v1/insights`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.openapi import problems
from api.schemas.insight_queries import (
    ForecastQuery,
    HeatMapQuery,
    InsightQuery,
    InsightQuestionsQuery,
    InsightRunIn,
)
from api.schemas.insights import (
    ForecastOut,
    GapsOut,
    HeatMapOut,
    InsightQuestionsOut,
    InsightRunOut,
    TopicsOut,
    asked_page,
)
from api.state import AssistOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/insights", tags=["insights"])


@router.get("/topics", responses=problems(404))
def list_topics(query: Annotated[InsightQuery, Query()], assist: AssistOf) -> TopicsOut:
    """Return what customers asked in a period, beside the period of the same length before it.

    Questions are read and grouped by a run, nightly or on request.
    """
    period = query.period()
    return TopicsOut.told(period, assist.questions.topics(query.knowledge_base, period, limit=query.limit))


@router.get("/gaps", responses=problems(404))
def list_gaps(query: Annotated[InsightQuery, Query()], assist: AssistOf) -> GapsOut:
    """Return what the knowledge lacked in a period, what cost most first.

    Gaps are groups of questions that were not answered, handed over, rejected, asked again or rated low.
    """
    period = query.period()
    return GapsOut.told(period, assist.questions.gaps(query.knowledge_base, period, limit=query.limit))


@router.get("/sentiment", responses=problems(404))
def show_sentiment_map(query: Annotated[HeatMapQuery, Query()], assist: AssistOf) -> HeatMapOut:
    """Return how customers felt about each topic, by time: how many questions had each level of mood."""
    period, questions = query.period(), assist.questions
    cells = questions.heat_map(query.knowledge_base, period, query.interval)
    return HeatMapOut.told(query.interval, period, cells, questions.names(query.knowledge_base))


@router.get("/questions", responses=problems(404))
def list_insight_questions(query: Annotated[InsightQuestionsQuery, Query()], assist: AssistOf) -> InsightQuestionsOut:
    """List the questions behind a topic, a gap or a cell of the sentiment map, the newest first, page by page."""
    found = assist.questions.questions(
        query.knowledge_base, query.to_domain(), after=query.cursor or "", limit=query.limit + 1
    )
    return asked_page(found, query.limit)


@router.get("/forecast", responses=problems(404))
def forecast_questions(query: Annotated[ForecastQuery, Query()], assist: AssistOf) -> ForecastOut:
    """Return how many questions the coming days will bring, with intervals; it takes three weeks of questions."""
    found = assist.questions.forecast(query.knowledge_base, days=query.days, topic_id=query.topic_id)
    return ForecastOut.told(found)


@router.post("/runs", responses=problems(404, 409))
def run_insights(body: InsightRunIn, assist: AssistOf) -> InsightRunOut:
    """Read new questions now, put them into topics and gaps, match new gaps with the knowledge, and check new replies.

    What is `left` is for the next run.
    """
    return InsightRunOut.of(assist.read_on(body.knowledge_base, rebuild=body.rebuild, limit=body.limit))
