"""What is kept of customers: told, erased, and let go after a while."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from engine.domain.privacy import Certificate, CustomerData, Erased
from engine.errors import Misconfigured, NotFound
from engine.ports import CustomerRepository, KnowledgeRepository

if TYPE_CHECKING:
    from engine.ports.desk import DeskRepositories

__all__ = ["Privacy", "customer_hash"]


def customer_hash(customer: str) -> str:
    """Return the SHA-256 of a customer's id, which stands for it where the id must not."""
    return hashlib.sha256(customer.encode("utf-8", "surrogatepass")).hexdigest()


class Privacy:
    """Acts for the customers of one tenant."""

    def __init__(
        self,
        customers: CustomerRepository | None,
        knowledge: KnowledgeRepository,
        desk: DeskRepositories | None = None,
    ) -> None:
        if customers is None:
            raise Misconfigured("This engine keeps no conversations.", remedy="Give it a CustomerRepository.")
        self._customers = customers
        self._knowledge = knowledge
        self._desk = desk

    def export(self, customer: str) -> CustomerData:
        """Return all that is kept of a customer; NotFound if that is nothing."""
        found = CustomerData(customer, self._customers.conversations(customer))
        if self._desk is not None:
            kept = self._desk.events
            found = replace(found, events=kept.events(customer), messages=kept.messages(customer))
        if not (found.conversations or found.events or found.messages):
            raise _nothing()
        return found

    def erase(self, customer: str) -> Certificate:
        """Remove a customer's conversations, with answers and feedback, and events, from the files too.

        NotFound if nothing is kept. What the customer wrote is in no log and no index.
        """
        found = self.export(customer)
        told = self._desk.events.forget(customer) if self._desk is not None else (0, 0)
        erased = self._gone([each.id for each in found.conversations], told)
        return Certificate(customer_hash(customer), _now(), erased)

    def sweep(self, before: datetime) -> Erased:
        """Remove the conversations in which nothing was said since a moment, and the events of before it."""
        told = self._desk.events.forget_before(before) if self._desk is not None else (0, 0)
        return self._gone(self._customers.idle_since(before), told)

    def _gone(self, conversation_ids: Sequence[str], told: tuple[int, int]) -> Erased:
        """Remove conversations, and from the files what is gone with the events and messages that were `told`."""
        events, messages = told
        erased = replace(self._customers.erase(conversation_ids), events=events, messages=messages)
        if erased != Erased():
            self._knowledge.purge()
        return erased


def _now() -> datetime:
    return datetime.now(UTC)


def _nothing() -> NotFound:
    return NotFound("Nothing is kept of that customer.", remedy="Check the id that was sent as customer_id.")
