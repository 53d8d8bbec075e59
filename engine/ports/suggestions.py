"""Keeping suggestions that were shown, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.domain.suggestion import JudgedSuggestion, ShownSuggestion, SuggestionKind, Tally

__all__ = ["SuggestionRepository", "TallyKey"]

TallyKey = tuple[str, "SuggestionKind", str]
"""Group (empty: all agents), kind, and key (empty: all suggestions of the kind)."""


class SuggestionRepository(Protocol):
    """Suggestions of knowledge bases; they go with their knowledge base."""

    def show(
        self, set_id: str, shown: Sequence[ShownSuggestion], at: datetime, *, keep_since: datetime, customer: str = ""
    ) -> None:
        """Remember what was shown together; sets from before `keep_since` are forgotten. All have one home.

        `customer` is whose conversation they were made for; once told, it is remembered.
        """
        ...

    def shown(self, suggestion_id: str) -> ShownSuggestion:
        """Return a suggestion that was shown, or raise NotFound."""
        ...

    def judge(self, judged: JudgedSuggestion) -> JudgedSuggestion:
        """Keep a verdict, in place of an earlier one on the same suggestion, count it, and return it as it is kept."""
        ...

    def verdict(self, suggestion_id: str) -> JudgedSuggestion | None:
        """Return the verdict on a suggestion; None without one."""
        ...

    def tallies(self, knowledge_base: str, group: str, keys: Sequence[str]) -> Mapping[TallyKey, Tally]:
        """Return the counts for all agents and for the group: those of the kinds, and those of the keys."""
        ...
