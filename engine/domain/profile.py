"""What a customer needs and is interested in, as their conversations and events tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

__all__ = ["CustomerProfile", "Interest", "InterestKind", "Need"]


@dataclass(frozen=True, slots=True)
class Need:
    """A topic that a customer asked about; it is `unmet` if the latest question about it failed."""

    topic_id: str
    name: str
    questions: int
    last_at: datetime
    unmet: bool


class InterestKind(StrEnum):
    """What an interest was told by: a page that answered, a tag of such pages, a code, the subject of events."""

    DOCUMENT = "document"
    TAG = "tag"
    PRODUCT = "product"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Interest:
    """Something that a customer keeps coming back to; `weight` counts how often, halved for each month gone by."""

    kind: InterestKind
    name: str
    weight: float
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerProfile:
    """What is told of a customer in one knowledge base; nothing of it is kept.

    `languages` count questions, the one of the latest first; `level` is the mean mood of questions, 1 to 5, and `csat`
    the mean satisfaction; None where nothing tells. `events` count them by kind.
    """

    customer: str
    conversations: int = 0
    questions: int = 0
    last_at: datetime | None = None
    languages: Mapping[str, int] = field(default_factory=dict)
    level: float | None = None
    csat: float | None = None
    needs: tuple[Need, ...] = ()
    interests: tuple[Interest, ...] = ()
    events: Mapping[str, int] = field(default_factory=dict)
