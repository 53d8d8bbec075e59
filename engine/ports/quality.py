"""Keeping what the checks found in replies, and what became of promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from engine.domain.insights import Period
from engine.domain.quality import CheckedReply, Outcome, SentReply, ShownReply, TrackedPromise

__all__ = ["QualityRepository"]


class QualityRepository(Protocol):
    """Checked replies of knowledge bases; they go with their conversations."""

    def unchecked(self, knowledge_base: str, limit: int) -> tuple[SentReply, ...]:
        """Return replies that were not checked yet, the oldest first."""
        ...

    def keep(self, knowledge_base: str, checked: Sequence[CheckedReply]) -> None:
        """Keep what was found; Conflict if one of the replies was checked before."""
        ...

    def replies(self, knowledge_base: str, period: Period) -> tuple[ShownReply, ...]:
        """Return the checked replies of a period with their promises and without their texts, the newest first."""
        ...

    def texts(self, replies: Sequence[SentReply]) -> Mapping[str, str]:
        """Return the texts of replies by their ids; those that are gone are left out."""
        ...

    def unsettled(self, knowledge_base: str, since: datetime) -> tuple[tuple[SentReply, TrackedPromise], ...]:
        """Return promises that nothing was heard of yet, with their replies, without texts, the oldest first.

        Those that fell due before a moment are left out.
        """
        ...

    def settle(self, promises: Sequence[TrackedPromise]) -> None:
        """Keep the states of promises."""
        ...

    def answered_later(self, replies: Sequence[SentReply]) -> Mapping[str, SentReply]:
        """Return the agents' next reply in the same conversation for each id that has one, without its text."""
        ...

    def outcomes(self, knowledge_base: str, period: Period) -> Mapping[str, Outcome]:
        """Return how the conversations ended that have checked replies in a period, by their ids."""
        ...
