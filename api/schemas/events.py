"""What happened to customers outside conversations."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.types import JsonValue

from api.schemas.base import Fraction, FreeText, Identifier, Model, Moment
from engine.domain.event import Event

__all__ = ["EventsIn", "EventsOut"]

MOST: Final = 1000
DETAILS: Final = 20
EVENTS: Final[dict[str, JsonValue]] = {
    "items": [
        {
            "id": "ev-20931",
            "customer_id": "c-1042",
            "kind": "payment.failed",
            "at": "2026-11-20T16:04:00Z",
            "subject": "MV-2026-118420",
            "details": {"method": "card"},
        },
        {
            "id": "ev-20932",
            "customer_id": "c-1042",
            "kind": "viewed",
            "at": "2026-11-20T16:09:00Z",
            "subject": "Drift R3",
            "details": {"seconds": 340},
        },
    ]
}
_Text = Annotated[FreeText, StringConstraints(max_length=500)]
_Number = Annotated[Fraction, Field(allow_inf_nan=False)]


class EventIn(Model):
    """Something that happened."""

    id: Identifier = Field(description="Of the event where it comes from: it is kept once.")
    customer_id: Identifier = Field(description="To whom, as with questions.")
    kind: Annotated[str, StringConstraints(max_length=100, pattern=r"^[A-Za-z0-9_]+([.:-][A-Za-z0-9_]+)*$")] = Field(
        description="What, such as `viewed`, `payment.failed`, `order.delivered`; the last word counts for promises."
    )
    at: Moment = Field(description="When.")
    subject: _Text = Field(default="", description="To what: a product, a page, an order number.")
    details: dict[Annotated[str, StringConstraints(max_length=100)], _Text | _Number] = Field(
        default={}, max_length=DETAILS, description="What else is told of it; `seconds` is how long it lasted."
    )

    def to_domain(self) -> Event:
        """Convert to the domain."""
        return Event(self.id, self.customer_id, self.kind, self.at, self.subject, self.details)


class EventsIn(Model):
    """Events, in any order."""

    items: tuple[EventIn, ...] = Field(min_length=1, max_length=MOST, description="At most 1000 at a time.")

    model_config = ConfigDict(json_schema_extra={"examples": [EVENTS]})


class EventsOut(Model):
    """How many events were kept."""

    new: int
    known: int = Field(description="Kept before, by their ids.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"new": 2, "known": 0}]})
