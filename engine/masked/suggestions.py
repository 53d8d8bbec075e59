"""The SuggestionRepository port, keeping no personal data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from engine.assist.suggesting.distance import edit_distance
from engine.domain.feedback import Verdict
from engine.domain.suggestion import JudgedSuggestion, ShownSuggestion, Tally
from engine.guard.findings import PersonalKind
from engine.guard.masking import Mask
from engine.ports import SuggestionRepository
from engine.ports.suggestions import TallyKey

__all__ = ["MaskedSuggestions"]


class MaskedSuggestions:
    """Masks what was suggested and what was sent before it is kept; the two are compared as they are kept."""

    def __init__(self, suggestions: SuggestionRepository, kinds: Collection[PersonalKind] = ()) -> None:
        self._all = suggestions
        self._kinds = kinds

    def show(
        self, set_id: str, shown: Sequence[ShownSuggestion], at: datetime, *, keep_since: datetime, customer: str = ""
    ) -> None:
        """Remember what was shown together, and whose conversation that was; older sets are forgotten."""
        kept = [replace(each, text=self._masked(each.text)) for each in shown]
        self._all.show(set_id, kept, at, keep_since=keep_since, customer=customer)

    def shown(self, suggestion_id: str) -> ShownSuggestion:
        """Return a suggestion that was shown, or raise NotFound."""
        return self._all.shown(suggestion_id)

    def judge(self, judged: JudgedSuggestion) -> JudgedSuggestion:
        """Keep a verdict, in place of an earlier one on the same suggestion, count it, and return it as it is kept."""
        shown = replace(judged.shown, text=self._masked(judged.shown.text))
        kept = replace(judged, shown=shown, sent=self._masked(judged.sent))
        if judged.verdict is Verdict.EDITED:
            kept = replace(kept, distance=edit_distance(shown.text, kept.sent))
        return self._all.judge(kept)

    def verdict(self, suggestion_id: str) -> JudgedSuggestion | None:
        """Return the verdict on a suggestion; None without one."""
        return self._all.verdict(suggestion_id)

    def tallies(self, knowledge_base: str, group: str, keys: Sequence[str]) -> Mapping[TallyKey, Tally]:
        """Return the counts for all agents and for the group: those of the kinds, and those of the keys."""
        return self._all.tallies(knowledge_base, group, keys)

    def _masked(self, text: str) -> str:
        return Mask(self._kinds).mask(text)[0]
