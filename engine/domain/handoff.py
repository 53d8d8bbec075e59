"""What an answer calls for beside its text: a question back to the customer, or a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "Clarification",
    "Fact",
    "FactKind",
    "Handoff",
    "HandoffReason",
    "Polarity",
    "Priority",
    "Queue",
    "Sentiment",
]


@dataclass(frozen=True, slots=True)
class Clarification:
    """The one question that decides between answers, with the options to choose from, in the customer's language."""

    question: str
    options: tuple[str, ...]


class HandoffReason(StrEnum):
    """Why a person is needed."""

    REQUESTED = "requested"
    NO_KNOWLEDGE = "no_knowledge"
    EMOTION = "emotion"
    REPEATED_FAILURE = "repeated_failure"
    POLICY = "policy"


class Queue(StrEnum):
    """Which colleagues a conversation is for."""

    GENERAL = "general"
    ORDERS = "orders"
    DELIVERY = "delivery"
    RETURNS = "returns"
    BILLING = "billing"
    TECHNICAL = "technical"
    ACCOUNT = "account"
    COMPLAINTS = "complaints"
    SAFETY = "safety"


class Priority(StrEnum):
    """How soon a person should look at it."""

    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Polarity(StrEnum):
    """Which way a customer feels."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


@dataclass(frozen=True, slots=True)
class Sentiment:
    """How the customer feels: `level` is 1 (very upset) to 5 (delighted), 3 neutral."""

    polarity: Polarity
    level: int


class FactKind(StrEnum):
    """What sort of fact the customer has already told."""

    ORDER_NUMBER = "order_number"
    TRACKING_NUMBER = "tracking_number"
    SKU = "sku"
    CODE = "code"
    PRODUCT = "product"
    DATE = "date"
    AMOUNT = "amount"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as the customer wrote it; `normal` is its comparable form (ISO 8601 date, "259 CNY")."""

    kind: FactKind
    text: str
    normal: str


@dataclass(frozen=True, slots=True)
class Handoff:
    """That a person is needed, with everything that they need to go on.

    `message` is what to tell the customer, empty while a person is in charge. `confirmed` tells whether to hand over
    now; otherwise a person is only offered, and the customer has not said yes. `facts` are in the order told.
    """

    reason: HandoffReason
    queue: Queue
    priority: Priority
    summary: str
    facts: tuple[Fact, ...]
    sentiment: Sentiment
    message: str = ""
    confirmed: bool = True
