"""The EventRepository port, keeping no personal data."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from engine.domain.event import Event, Message
from engine.guard.findings import PersonalKind
from engine.guard.masking import Mask
from engine.ports.events import EventRepository

__all__ = ["MaskedEvents"]


class MaskedEvents:
    """Masks the subjects and details of events, and messages, before they are kept."""

    def __init__(self, events: EventRepository, kinds: Collection[PersonalKind] = ()) -> None:
        self._all = events
        self._kinds = kinds

    def add(self, events: Sequence[Event]) -> int:
        """Keep events and return how many are new; those whose id is kept already are left out."""
        return self._all.add([self._masked(each) for each in events])

    def events(self, customer: str, *, since: datetime | None = None) -> tuple[Event, ...]:
        """Return the events of a customer, the oldest first."""
        return self._all.events(customer, since=since)

    def customers(self, since: datetime) -> tuple[str, ...]:
        """Return the customers who have events since a moment, in order."""
        return self._all.customers(since)

    def deeds(self) -> Collection[str]:
        """Return what sorts of things were ever told of: the last words of kinds."""
        return self._all.deeds()

    def offer(self, message: Message) -> bool:
        """Keep a message that was drafted; False if one with its id is kept already."""
        (text,) = Mask(self._kinds, language=message.language).mask(message.text)
        return self._all.offer(replace(message, text=text))

    def messages(self, customer: str) -> tuple[Message, ...]:
        """Return the messages that were drafted for a customer, the oldest first."""
        return self._all.messages(customer)

    def forget(self, customer: str) -> tuple[int, int]:
        """Remove events and messages of a customer; return how many there were."""
        return self._all.forget(customer)

    def forget_before(self, moment: datetime) -> tuple[int, int]:
        """Remove events that happened before a moment, and messages drafted before it; return how many."""
        return self._all.forget_before(moment)

    def _masked(self, event: Event) -> Event:
        names = [name for name, value in event.details.items() if isinstance(value, str)]
        subject, *values = Mask(self._kinds).mask(event.subject, *(str(event.details[name]) for name in names))
        return replace(event, subject=subject, details={**event.details, **dict(zip(names, values, strict=True))})
