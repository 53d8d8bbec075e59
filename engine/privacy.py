"""What is kept of customers: told, erased, and let go after a while."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from engine.domain.privacy import Certificate, CustomerData, Erased
from engine.errors import Misconfigured, NotFound
from engine.ports import CustomerRepository, KnowledgeRepository

__all__ = ["Privacy", "customer_hash"]


def customer_hash(customer: str) -> str:
    """Return the SHA-256 of a customer's id, which stands for it where the id must not."""
    return hashlib.sha256(customer.encode("utf-8", "surrogatepass")).hexdigest()


class Privacy:
    """Acts for the customers of one tenant."""

    def __init__(self, customers: CustomerRepository | None, knowledge: KnowledgeRepository) -> None:
        if customers is None:
            raise Misconfigured("This engine keeps no conversations.", remedy="Give it a CustomerRepository.")
        self._customers = customers
        self._knowledge = knowledge

    def export(self, customer: str) -> CustomerData:
        """Return all that is kept of a customer; NotFound if that is nothing."""
        found = self._customers.conversations(customer)
        if not found:
            raise _nothing()
        return CustomerData(customer, found)

    def erase(self, customer: str) -> Certificate:
        """Remove a customer's conversations, with answers and feedback, from the files too; NotFound if none is kept.

        What the customer wrote is in no log and no index.
        """
        found = self.export(customer)
        erased = self._gone([each.id for each in found.conversations])
        return Certificate(customer_hash(customer), _now(), erased)

    def sweep(self, before: datetime) -> Erased:
        """Remove the conversations in which nothing was said since a moment."""
        return self._gone(list(self._customers.idle_since(before)))

    def _gone(self, conversation_ids: list[str]) -> Erased:
        erased = self._customers.erase(conversation_ids)
        if conversation_ids:
            self._knowledge.purge()
        return erased


def _now() -> datetime:
    return datetime.now(UTC)


def _nothing() -> NotFound:
    return NotFound("Nothing is kept of that customer.", remedy="Check the id that was sent as customer_id.")
