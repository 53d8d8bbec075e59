"""Keeping events, and the messages that were drafted because of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from engine.domain.event import Event, Message

__all__ = ["EventRepository"]


class EventRepository(Protocol):
    """What happened to customers; it goes with them, and after a while."""

    def add(self, events: Sequence[Event]) -> int:
        """Keep events and return how many are new; those whose id is kept already are left out."""
        ...

    def events(self, customer: str, *, since: datetime | None = None) -> tuple[Event, ...]:
        """Return the events of a customer, the oldest first."""
        ...

    def customers(self, since: datetime) -> tuple[str, ...]:
        """Return the customers who have events since a moment, in order."""
        ...

    def deeds(self) -> Collection[str]:
        """Return what sorts of things were ever told of: the last words of kinds."""
        ...

    def offer(self, message: Message) -> bool:
        """Keep a message that was drafted; False if one with its id is kept already."""
        ...

    def messages(self, customer: str) -> tuple[Message, ...]:
        """Return the messages that were drafted for a customer, the oldest first."""
        ...

    def forget(self, customer: str) -> tuple[int, int]:
        """Remove events and messages of a customer; return how many there were."""
        ...

    def forget_before(self, moment: datetime) -> tuple[int, int]:
        """Remove events that happened before a moment, and messages drafted before it; return how many."""
        ...
