"""`POST /v1/events`."""

from __future__ import annotations

from fastapi import APIRouter

from api.openapi import problems
from api.schemas.events import EventIn, EventsIn, EventsOut
from api.state import DeskOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/events", tags=["proactive"])


@router.post("", responses=problems(409, 413))
def add_events(body: EventsIn, desk: DeskOf) -> EventsOut:
    """Tell what happened to customers: seen, failed, delivered, refunded; an event that is sent again is kept once.

    Events tell whether promises were kept and give cause for proactive messages. They are encrypted, let go, exported
    and erased like conversations.
    """
    new = desk.events.add(list(map(EventIn.to_domain, body.items)))
    return EventsOut(new=new, known=len(body.items) - new)
