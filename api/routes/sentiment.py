"""`POST /v1/sentiment`."""

from __future__ import annotations

from fastapi import APIRouter

from api.openapi import problems
from api.schemas.sentiment import SentimentIn, TrajectoryOut
from api.state import AssistOf

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["assist"])


@router.post("/sentiment", responses=problems(413))
def read_sentiment(body: SentimentIn, assist: AssistOf) -> TrajectoryOut:
    """Read how a customer feels: polarity, emotion and level 1-5 a turn, where it is going, whether it alarms.

    Words, negation, contrast, irony, emoji, punctuation and capitals count; a polite complaint is a complaint. Works
    offline; a text classifier of your own is a setting of the server.
    """
    return TrajectoryOut.of(assist.sentiment(body.to_domain(), body.language or ""))
