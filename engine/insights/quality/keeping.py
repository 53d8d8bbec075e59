"""Tell from events whether promises were kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from engine.domain.check import PromiseMatter
from engine.domain.event import Event
from engine.domain.quality import PromiseState, SentReply, TrackedPromise
from engine.languages.quantities import QuantityKind, quantities
from engine.ports import ConversationRepository
from engine.ports.events import EventRepository
from engine.ports.quality import QualityRepository

__all__ = ["DEEDS", "PromiseKeeping", "orders_in"]

_SENT: Final = ("delivered", "shipped", "dispatched")
DEEDS: Final[Mapping[PromiseMatter, tuple[str, ...]]] = {
    PromiseMatter.REFUND: ("refunded",),
    PromiseMatter.DELIVERY: _SENT,
    PromiseMatter.REPLACEMENT: ("replaced", "exchanged", *_SENT),
    PromiseMatter.REPAIR: ("repaired",),
    PromiseMatter.COMPENSATION: ("compensated", "credited"),
    PromiseMatter.CHANGE: ("changed", "cancelled", "restored"),
    PromiseMatter.CONTACT: ("contacted", "called", "replied"),
}
"""The events that keep a promise, by the last word of their kind."""
LOOK_BACK: Final = timedelta(days=90)  # after its time, a promise is waited for so long
ORDER_DIGITS: Final = 6  # of a code; fewer are a product or an error


class PromiseKeeping:
    """Looks for what keeps promises: events of the customer, and for a promise to get in touch the agents' next words.

    An event about an order keeps no promise in a conversation that names other orders only.
    """

    def __init__(
        self, repository: QualityRepository, events: EventRepository, conversations: ConversationRepository
    ) -> None:
        self._repository = repository
        self._events = events
        self._conversations = conversations

    def settle(self, knowledge_base: str, now: datetime) -> int:
        """Bring the states of promises up to date; return how many have changed."""
        waiting = self._repository.unsettled(knowledge_base, now - LOOK_BACK)
        if not waiting:
            return 0
        deeds = self._events.deeds()
        active = frozenset(self._events.customers(min(reply.said_at for reply, _ in waiting)))
        later = self._repository.answered_later(
            [reply for reply, promise in waiting if promise.matter is PromiseMatter.CONTACT]
        )
        of_customer = lru_cache(maxsize=1000)(self._events.events)
        named = lru_cache(maxsize=1000)(self._orders)
        changed = list[TrackedPromise]()
        for reply, promise in waiting:
            events = of_customer(reply.customer) if reply.customer in active else ()
            dates = [*_done(reply, promise, events, named)]
            if promise.matter is PromiseMatter.CONTACT and reply.id in later:
                dates.append(later[reply.id].said_at)
            done = min(dates, default=None)
            state = _state(promise, done, now, heard_of=bool(reply.customer) and _is_told_of(promise.matter, deeds))
            if state is not promise.state:
                changed.append(replace(promise, state=state, settled_at=done))
        self._repository.settle(changed)
        return len(changed)

    def _orders(self, conversation_id: str) -> frozenset[str]:
        return orders_in([turn.text for turn in self._conversations.history(conversation_id)])


def _done(
    reply: SentReply, promise: TrackedPromise, events: Sequence[Event], named: Callable[[str], frozenset[str]]
) -> Iterator[datetime]:
    """Yield when events of the customer kept a promise."""
    for event in events:
        if event.deed in DEEDS[promise.matter] and event.at >= reply.said_at:
            orders = orders_in([event.subject])
            told = orders and named(reply.conversation_id)
            if not told or not orders.isdisjoint(told):
                yield event.at


def _state(promise: TrackedPromise, done: datetime | None, now: datetime, *, heard_of: bool) -> PromiseState:
    if done is not None:
        return PromiseState.KEPT if done <= promise.due else PromiseState.LATE
    if now <= promise.due:
        return PromiseState.OPEN
    return PromiseState.MISSED if heard_of else PromiseState.UNKNOWN


def _is_told_of(matter: PromiseMatter, deeds: Collection[str]) -> bool:
    """Tell whether one would hear of it: what agents write is known, the rest if such events were ever sent."""
    return matter is PromiseMatter.CONTACT or not set(DEEDS[matter]).isdisjoint(deeds)


def orders_in(texts: Sequence[str]) -> frozenset[str]:
    """Return the order numbers in texts, in normal form."""
    codes = (each.value for text in texts for each in quantities(text) if each.kind is QuantityKind.CODE)
    return frozenset(code for code in codes if sum(map(str.isdigit, code)) >= ORDER_DIGITS)
