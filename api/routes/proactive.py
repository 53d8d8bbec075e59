"""`POST /v1/proactive`, and what a customer needs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.openapi import problems
from api.schemas.base import Identifier
from api.schemas.proactive import OffersOut, ProactiveIn, ProfileOut, ProfileQuery
from api.state import AssistOf

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["proactive"])
CustomerId = Annotated[Identifier, Path(description="As it was sent as `customer_id`.")]


@router.post("/proactive", responses=problems(404, 409, 413))
def draft_messages(body: ProactiveIn, assist: AssistOf) -> OffersOut:
    """Draft messages that the customers' events give cause for, by the rules of the settings.

    Each says what the knowledge answers for sure, with citations, and has passed the checks. Rules have their pauses,
    customers their caps. Nothing is sent: that is for people or the system that asks.
    """
    found = assist.proactive.draft(
        body.knowledge_base,
        tuple(dict.fromkeys(body.customer_ids)),
        language=body.language or "",
        keep=not body.preview,
        limit=body.limit,
    )
    return OffersOut.told(found)


@router.get("/customers/{customer_id}/profile", responses=problems(404))
def show_profile(customer_id: CustomerId, query: Annotated[ProfileQuery, Query()], assist: AssistOf) -> ProfileOut:
    """Return what a customer needs and is interested in, from their conversations and events."""
    return ProfileOut.told(assist.proactive.profile(query.knowledge_base, customer_id))
