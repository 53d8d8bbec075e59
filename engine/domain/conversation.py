"""A conversation between a customer and the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = ["Role", "Saying", "Turn", "TurnAction"]


class Role(StrEnum):
    """Who speaks in a turn."""

    CUSTOMER = "customer"
    ASSISTANT = "assistant"
    AGENT = "agent"


class TurnAction(StrEnum):
    """What the assistant did in a turn other than answer: ask back, say that it does not know, hand over."""

    CLARIFY = "clarify"
    ABSTAIN = "abstain"
    HANDOFF = "handoff"


@dataclass(frozen=True, slots=True)
class Saying:
    """What a chat or ticket system tells of a turn: its id there, about which knowledge base, by whom, and when.

    `agent` and `team` are the system's ids of who wrote it, empty if not told; `language` is BCP 47.
    """

    id: str
    knowledge_base: str
    at: datetime
    agent: str = ""
    team: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance of a conversation; `action` is None for a plain one.

    `saying` comes with a turn that another system reports, and does not come back with the history.
    """

    role: Role
    text: str
    action: TurnAction | None = None
    saying: Saying | None = None
