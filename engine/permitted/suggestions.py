"""The SuggestionRepository port as somebody on some access lists sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from engine.domain.suggestion import JudgedSuggestion, ShownSuggestion, Tally
from engine.permitted.conversations import own_prefix
from engine.ports import SuggestionRepository
from engine.ports.suggestions import TallyKey

__all__ = ["PermittedSuggestions"]


class PermittedSuggestions:
    """Names conversations as `PermittedConversations` does, so that suggestions go with the right one."""

    def __init__(self, suggestions: SuggestionRepository, access: tuple[str, ...]) -> None:
        self._all = suggestions
        self._prefix = own_prefix(access)

    def show(
        self, set_id: str, shown: Sequence[ShownSuggestion], at: datetime, *, keep_since: datetime, customer: str = ""
    ) -> None:
        """Remember what was shown together, and whose conversation that was; older sets are forgotten."""
        own = [replace(each, conversation=each.conversation and self._prefix + each.conversation) for each in shown]
        self._all.show(set_id, own, at, keep_since=keep_since, customer=customer)

    def shown(self, suggestion_id: str) -> ShownSuggestion:
        """Return a suggestion that was shown, or raise NotFound."""
        return self._all.shown(suggestion_id)

    def judge(self, judged: JudgedSuggestion) -> JudgedSuggestion:
        """Keep a verdict, in place of an earlier one on the same suggestion, count it, and return it as it is kept."""
        return self._all.judge(judged)

    def verdict(self, suggestion_id: str) -> JudgedSuggestion | None:
        """Return the verdict on a suggestion; None without one."""
        return self._all.verdict(suggestion_id)

    def tallies(self, knowledge_base: str, group: str, keys: Sequence[str]) -> Mapping[TallyKey, Tally]:
        """Return the counts for all agents and for the group: those of the kinds, and those of the keys."""
        return self._all.tallies(knowledge_base, group, keys)
