"""What is kept of a customer, what is erased, and the record of who did what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine.domain.conversation import Turn
from engine.domain.exchange import Exchange
from engine.domain.feedback import Feedback

if TYPE_CHECKING:
    from engine.domain.event import Event, Message

__all__ = ["AuditEntry", "Certificate", "CustomerData", "Erased", "KeptConversation", "KeptSuggestion", "Verification"]


@dataclass(frozen=True, slots=True)
class KeptSuggestion:
    """What an agent was offered, and what was sent; the verdict is empty for one that was not judged."""

    id: str
    text: str
    verdict: str = ""
    sent: str = ""


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """All that is kept of one conversation."""

    id: str
    began_at: datetime
    last_at: datetime
    turns: tuple[Turn, ...]
    exchanges: tuple[Exchange, ...]
    feedback: tuple[Feedback, ...]
    suggestions: tuple[KeptSuggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerData:
    """All that is kept of one customer."""

    customer: str
    conversations: tuple[KeptConversation, ...]
    events: tuple[Event, ...] = ()
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was erased."""

    conversations: int = 0
    turns: int = 0
    exchanges: int = 0
    feedback: int = 0
    suggestions: int = 0
    events: int = 0
    messages: int = 0


@dataclass(frozen=True, slots=True)
class Certificate:
    """That a customer was erased: by whom it is asked for, the customer is known only by a hash of the id.

    Back-ups that were taken before `erased_at` are not reached.
    """

    customer_sha256: str
    erased_at: datetime
    erased: Erased


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Somebody did something: `action` is the name of the route, `target` what its path names.

    `hash` is a SHA-256 over the entry and the hash of the one before it.
    """

    seq: int
    at: datetime
    subject: str
    action: str
    target: str
    status: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a chain of entries is as it was written; `broken_at` is the first entry that is not."""

    entries: int
    head: str
    broken_at: int | None = None
