"""What a conversation has come to: what the customer asks now, in which language, with which facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.answering.request import validated
from engine.assist.canned.filling import facts_told
from engine.assist.triage.entities import entities
from engine.domain.assist import Trajectory
from engine.domain.conversation import Role, Turn
from engine.domain.handoff import FactKind
from engine.domain.suggestion import SuggestionRequest
from engine.errors import InvalidInput
from engine.languages.registry import UNKNOWN
from engine.languages.service_phrases import is_small_talk
from engine.ports import LanguageDetector
from engine.retrieval.standalone import standalone_query

__all__ = ["MoodOf", "Situation", "recent_mood", "situation_of"]

MoodOf = Callable[[Sequence[Turn], str], Trajectory]
"""Reads the moods of a conversation, in a language (BCP 47) or the one detected."""

MOOD_TURNS = 12

_OWN = frozenset(
    {FactKind.ORDER_NUMBER, FactKind.TRACKING_NUMBER, FactKind.PHONE, FactKind.EMAIL, FactKind.NAME, FactKind.ADDRESS}
)


@dataclass(frozen=True, slots=True)
class Situation:
    """What a conversation has come to.

    `latest` is what the customer said last, `question` the same as it stands alone and without numbers of their own,
    `said` all their turns.
    """

    knowledge_base: str
    request: SuggestionRequest
    language: str
    latest: str
    question: str
    said: tuple[str, ...]
    facts: Mapping[str, str]

    @property
    def queries(self) -> tuple[str, ...]:
        """What candidates are compared with: the question, and the customer's last words by themselves."""
        return tuple(dict.fromkeys((self.question, without_facts(self.said[-1], self.language))))

    @property
    def history(self) -> tuple[Turn, ...]:
        """What was said before the customer's last words."""
        return self.request.turns[: _latest(self.request.turns)]

    @property
    def told(self) -> frozenset[FactKind]:
        """The kinds of facts that the customer has named."""
        return frozenset(each.kind for text in self.said for each in entities(text, self.language))

    @property
    def agent(self) -> str:
        """The language of the agent."""
        return self.request.agent_language or self.language


def situation_of(
    knowledge_base: str, request: SuggestionRequest, detector: LanguageDetector, *, limit: int
) -> Situation:
    """Read a conversation; InvalidInput if the customer has said nothing, or too much at a time."""
    place = _latest(request.turns)
    said = tuple(turn.text for turn in request.turns if turn.role is Role.CUSTOMER and turn.text.strip())
    if place is None:
        raise InvalidInput("The customer has said nothing yet.", remedy="Send at least one turn of the customer.")
    talk = [turn.text.strip() for turn in request.turns[place:] if turn.role is Role.CUSTOMER and turn.text.strip()]
    telling = [text for text in talk if not is_small_talk(text)] or talk
    latest = validated(" ".join(telling), limit=limit, what="message")
    language = request.language or _language((latest, *reversed(said)), detector)
    question = without_facts(standalone_query(latest, language, request.turns[:place]), language)
    return Situation(
        knowledge_base, request, language, latest, question, said, facts_told(said, language, request.facts)
    )


def recent_mood(turns: Sequence[Turn], language: str, mood_of: MoodOf) -> Trajectory:
    """Return the moods of the last turns, with their places in the whole conversation."""
    first = max(0, len(turns) - MOOD_TURNS)
    found = mood_of(turns[first:], language)
    moved = tuple(replace(each, place=each.place + first) for each in found.turns)
    place = None if found.alarm_place is None else found.alarm_place + first
    return replace(found, turns=moved, alarm_place=place)


def without_facts(text: str, language: str) -> str:
    """Return a text without numbers that name one order, parcel or customer: no knowledge has them."""
    found = [each for each in entities(text, language) if each.kind in _OWN]
    kept = text
    for each in sorted(found, key=lambda each: -each.span.start):
        kept = kept[: each.span.start] + kept[each.span.end :]
    return kept if any(map(str.isalpha, kept)) else text


def _latest(turns: Sequence[Turn]) -> int | None:
    """Return where the customer's last uninterrupted words begin; the desk may have spoken after them."""
    spoken = [at for at, turn in enumerate(turns) if turn.role is Role.CUSTOMER and turn.text.strip()]
    if not spoken:
        return None
    begin = spoken[-1]
    while begin and turns[begin - 1].role is Role.CUSTOMER:
        begin -= 1
    return begin


def _language(said: Sequence[str], detector: LanguageDetector) -> str:
    return next((found for found in map(detector.detect, said) if found != UNKNOWN), UNKNOWN)
