"""Messages that nobody asked for, and why one was not drafted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.domain.answer import Citation
from engine.domain.check import Verdict
from engine.domain.event import Event, Message

__all__ = ["HeldBack", "HoldingReason", "Offer", "Offers"]


class HoldingReason(StrEnum):
    """Why there is a cause and no message."""

    SENT = "sent"
    """One was drafted for the same events."""
    COOLDOWN = "cooldown"
    """The rule had its say not long ago."""
    CAP = "cap"
    """The customer has had enough messages."""
    NO_KNOWLEDGE = "no_knowledge"
    """The knowledge has no sure answer."""
    BLOCKED = "blocked"
    """The checks would not let it be sent."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A drafted message with what it rests on: citations whose `answer_span` is exact in the text, and the events."""

    message: Message
    citations: tuple[Citation, ...]
    confidence: float
    verdict: Verdict
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A cause that came to nothing."""

    customer: str
    rule: str
    reason: HoldingReason


@dataclass(frozen=True, slots=True)
class Offers:
    """What the rules give cause for."""

    offers: tuple[Offer, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
