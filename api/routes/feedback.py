"""`/v1/feedback`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.access.authentication import PrincipalOf
from api.access.visitors import check_sent
from api.openapi import problems
from api.schemas.feedback import FeedbackIn, FeedbackOut, FeedbackPageOut, FeedbackQuery
from api.state import EngineOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/feedback", tags=["feedback"])


@router.post("", responses=problems(404, 409, 413))
def give_feedback(body: FeedbackIn, engine: EngineOf, principal: PrincipalOf) -> FeedbackOut:
    """Say what became of an answer of a conversation; sent again, the same feedback is kept once and returned.

    Several pieces of feedback on one answer are kept side by side; the newest one counts.
    """
    check_sent(principal, body)
    return FeedbackOut.reviewed(engine.give_feedback(body.to_domain()))


@router.get("", responses=problems(404))
def list_feedback(query: Annotated[FeedbackQuery, Query()], engine: EngineOf) -> FeedbackPageOut:
    """List feedback with the questions and answers that it is about, the newest first, page by page."""
    if query.knowledge_base:
        engine.parts.knowledge.knowledge_base(query.knowledge_base)
    found = engine.parts.feedback.reviews(query.to_domain(), after=query.cursor or "", limit=query.limit + 1)
    items = tuple(map(FeedbackOut.reviewed, found[: query.limit]))
    return FeedbackPageOut(items=items, next_cursor=items[-1].id if len(found) > query.limit else None)
