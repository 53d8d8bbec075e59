"""An owner's taxonomy of intents, and what the triage of a message gives back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.domain.assist import Mood
from engine.domain.handoff import FactKind, Priority
from engine.domain.knowledge import Span

__all__ = [
    "CustomerTier",
    "Entity",
    "FoundIntent",
    "Intent",
    "MissingFact",
    "PriorityReason",
    "Taxonomy",
    "Triage",
    "TriageRequest",
]


class CustomerTier(StrEnum):
    """How a customer is to be treated beside others."""

    STANDARD = "standard"
    PREFERRED = "preferred"
    VIP = "vip"


class PriorityReason(StrEnum):
    """Why a message is more urgent than others."""

    INTENT = "intent"
    DANGER = "danger"
    THREAT = "threat"
    MOOD = "mood"
    DEADLINE = "deadline"
    TIER = "tier"


@dataclass(frozen=True, slots=True)
class Intent:
    """What customers may want, as the owner of a knowledge base sees it.

    `id` is unique in its knowledge base. `examples` are messages as customers write them, in any languages; five do,
    twenty are better. `queue` and `category` are the owner's own words; `required` are the facts without which it
    cannot be worked on.
    """

    id: str
    examples: tuple[str, ...]
    description: str = ""
    category: str = ""
    queue: str = ""
    priority: Priority = Priority.NORMAL
    required: tuple[FactKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The intents of a knowledge base by id; `revision` grows with every change."""

    intents: tuple[Intent, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class FoundIntent:
    """An intent of a message with its probability, and the span of the message that says it."""

    id: str
    probability: float
    span: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """A number, date, amount or name in a message; `normal` is its comparable form, as that of a hand-over's fact."""

    kind: FactKind
    text: str
    normal: str
    span: Span


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that an intent needs and nobody has told yet, with the question to ask in the customer's language."""

    kind: FactKind
    question: str


@dataclass(frozen=True, slots=True)
class TriageRequest:
    """A message to sort: `earlier` are the customer's messages before it, oldest first."""

    text: str
    earlier: tuple[str, ...] = ()
    language: str = ""
    tier: CustomerTier = CustomerTier.STANDARD


@dataclass(frozen=True, slots=True)
class Triage:
    """Where a message belongs.

    `intents` are likeliest first and empty for "none of these"; `none_probability` is how likely that is, 0..1.
    `candidates` are the likeliest intents whether or not they were found.
    """

    language: str
    intents: tuple[FoundIntent, ...]
    none_probability: float
    candidates: tuple[FoundIntent, ...]
    category: str
    queue: str
    priority: Priority
    reasons: tuple[PriorityReason, ...]
    entities: tuple[Entity, ...]
    missing: tuple[MissingFact, ...]
    mood: Mood
