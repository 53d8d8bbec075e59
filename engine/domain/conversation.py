"""A conversation between a customer and the desk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Role", "Turn", "TurnAction"]


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
class Turn:
    """One utterance of a conversation; `action` is None for a plain one."""

    role: Role
    text: str
    action: TurnAction | None = None
