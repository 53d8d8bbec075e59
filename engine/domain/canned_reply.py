"""Replies that an owner wrote beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.knowledge import Span, stable_id

__all__ = ["CannedReply", "FilledReply", "Gap"]


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A reply in one language; a knowledge base has one for each `shortcut` and language (BCP 47).

    `title` says, in that language, what customers ask that it answers. `text` may hold variables such as
    `{order_number}`. `used` counts how often it was sent after it had been suggested, `accepted` how often unchanged.
    """

    knowledge_base: str
    shortcut: str
    language: str
    title: str
    text: str
    category: str = ""
    used: int = 0
    accepted: int = 0

    @property
    def id(self) -> str:
        """Its identity, which depends on knowledge base, shortcut and language."""
        return stable_id("canned", self.knowledge_base, self.shortcut, self.language)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something in a text, at `span`, that nobody has told yet and that has to be filled in before it is sent."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class FilledReply:
    """A reply with the facts at hand put in; where one is missing its variable stands as a gap."""

    text: str
    gaps: tuple[Gap, ...]
