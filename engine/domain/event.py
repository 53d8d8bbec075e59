"""What happened to a customer or an order outside conversations, and what the desk says of its own accord."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["Event", "Message"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: `kind` such as "viewed", "failed", "order.delivered".

    `subject` is what it happened to (a product, an order number), `details` what else is told of it. `id` is given by
    whoever tells it, so that it is kept once.
    """

    id: str
    customer: str
    kind: str
    at: datetime
    subject: str = ""
    details: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def deed(self) -> str:
        """The last word of the kind, in small letters: "delivered" of "Order.Delivered"."""
        return self.kind.lower().replace(":", ".").rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Message:
    """A message to a customer that a rule gave cause for, as it was drafted; `event_ids` are what it was told by."""

    id: str
    knowledge_base: str
    customer: str
    rule: str
    at: datetime
    text: str
    language: str
    event_ids: tuple[str, ...] = ()
