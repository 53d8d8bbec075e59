"""Draft the messages that events give cause for; people or their systems send them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from engine.answering.request import AnswerRequest
from engine.assist.drafts.composing import moved
from engine.checks import CheckRequest
from engine.domain.check import Verdict
from engine.domain.draft import Tone
from engine.domain.event import Message
from engine.domain.knowledge import stable_id
from engine.domain.proactive import HeldBack, HoldingReason, Offer
from engine.insights.proactive.rules import Cause, ProactiveRules, cause_of, worded
from engine.insights.rehearsing import Rehearsal
from engine.languages.draft_phrases import draft_phrases
from engine.ports.events import EventRepository
from engine.service import Engine

__all__ = ["MessageDrafter"]

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


class MessageDrafter:
    """Goes through the rules for one customer at a time; nothing of what the knowledge is asked is kept."""

    def __init__(self, engine: Engine, events: EventRepository, rules: ProactiveRules) -> None:
        self._rehearsal = Rehearsal.of(engine)
        self._checks = engine.checks
        self._events = events
        self._rules = rules

    def drafted(
        self, knowledge_base: str, customer: str, language: str, now: datetime, *, keep: bool = True
    ) -> Iterator[Offer | HeldBack]:
        """Yield, for each rule that has a cause, a message or why there is none.

        Messages count for the caps once they are kept, whether they are sent or not.
        """
        events = self._events.events(customer, since=now - self._rules.reach)
        had = list(self._events.messages(customer)) if events else []
        for cause in filter(None, (cause_of(rule, events, now) for rule in self._rules.rules)):
            made = self._message(knowledge_base, customer, cause, now)
            told = self._reason(made, cause, had, now) or self._offer(made, cause, language)
            if isinstance(told, Offer) and keep and not self._events.offer(told.message):
                told = HoldingReason.SENT  # another process was quicker
            if isinstance(told, Offer):
                had.append(told.message)
                yield told
            else:
                yield HeldBack(customer, cause.rule.name, told)

    def _message(self, knowledge_base: str, customer: str, cause: Cause, now: datetime) -> Message:
        ids = tuple(event.id for event in cause.events)
        key = stable_id("message", knowledge_base, customer, cause.rule.name, ids[-1])
        return Message(key, knowledge_base, customer, cause.rule.name, now, "", "", ids)

    def _reason(self, made: Message, cause: Cause, had: Sequence[Message], now: datetime) -> HoldingReason | None:
        if any(each.id == made.id for each in had):
            return HoldingReason.SENT
        quiet = timedelta(days=cause.rule.cooldown_days)
        if any(each.rule == made.rule and now - each.at < quiet for each in had):
            return HoldingReason.COOLDOWN
        caps = ((DAY, self._rules.caps.per_day), (WEEK, self._rules.caps.per_week))
        full = any(sum(now - each.at < span for each in had) >= most for span, most in caps)
        return HoldingReason.CAP if full else None

    def _offer(self, made: Message, cause: Cause, language: str) -> Offer | HoldingReason:
        """Write the message, or tell why not: only what the knowledge answers for sure is said unasked."""
        question, spoken = worded(cause.rule.question, language, cause.subject)
        opening, _ = worded(cause.rule.opening, spoken, cause.subject)
        answer = self._rehearsal.answer(made.knowledge_base, AnswerRequest(question, language=spoken))
        if answer.text is None:
            return HoldingReason.NO_KNOWLEDGE
        invite = draft_phrases(spoken).voice(Tone.FRIENDLY).invite
        text = f"{opening}\n\n{answer.text.text}\n\n{invite}"
        checked = self._checks.check(made.knowledge_base, CheckRequest(text=text, language=spoken))
        if checked.verdict is Verdict.BLOCK:
            return HoldingReason.BLOCKED
        citations = moved(answer.citations, len(opening) + 2)
        message = replace(made, text=text, language=spoken)
        return Offer(message, citations, answer.confidence, checked.verdict, cause.events)
