"""Keeping what belongs to customers, and the record of who did what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.domain.privacy import AuditEntry, Erased, KeptConversation

__all__ = ["AuditRepository", "CustomerRepository"]


class CustomerRepository(Protocol):
    """Whose conversations are whose."""

    def conversations(self, customer: str) -> tuple[KeptConversation, ...]:
        """Return the conversations of a customer, the oldest first."""
        ...

    def idle_since(self, moment: datetime) -> tuple[str, ...]:
        """Return the ids of conversations in which nothing was said since a moment."""
        ...

    def erase(self, conversation_ids: Sequence[str]) -> Erased:
        """Remove conversations with all that hangs on them; ids that are unknown do not matter."""
        ...


class AuditRepository(Protocol):
    """A record that is only ever added to; each entry carries a hash over itself and the one before."""

    def append(self, entry: AuditEntry) -> AuditEntry:
        """Add an entry, whose `seq` and `hash` are not looked at, and return it as it stands."""
        ...

    def entries(self, *, after: int = 0, limit: int | None = None) -> Iterator[AuditEntry]:
        """Yield entries in order, those after a number."""
        ...
