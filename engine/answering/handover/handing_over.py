"""Put a hand-over together."""

from __future__ import annotations

from collections.abc import Sequence

from engine.answering.handover.facts import collected_facts
from engine.answering.handover.reasons import handed_over, said_reason
from engine.answering.handover.sentiment import sentiment
from engine.answering.handover.summary import summary
from engine.domain.conversation import Role, Turn
from engine.domain.handoff import Handoff, HandoffReason, Priority, Queue
from engine.domain.search import Passage
from engine.languages.handover_cues import sounds_dangerous, threatens
from engine.languages.queue_cues import queue_of
from engine.languages.registry import profile_for

__all__ = ["handoff", "reason_so_far"]

_PRIORITIES = {
    HandoffReason.REQUESTED: Priority.NORMAL,
    HandoffReason.NO_KNOWLEDGE: Priority.NORMAL,
    HandoffReason.EMOTION: Priority.HIGH,
    HandoffReason.REPEATED_FAILURE: Priority.HIGH,
    HandoffReason.POLICY: Priority.HIGH,
}


def handoff(
    reason: HandoffReason,
    text: str,
    history: Sequence[Turn],
    *,
    language: str,
    passages: Sequence[Passage] = (),
) -> Handoff:
    """Return the hand-over after the customer's latest message `text`; `passages` are what was found for it.

    Where the assistant merely does not know, a person is offered and the customer decides.
    """
    said = (*(turn.text for turn in history if turn.role is Role.CUSTOMER and turn.text.strip()), text)
    danger = any(map(sounds_dangerous, said))
    confirmed = reason is not HandoffReason.NO_KNOWLEDGE
    return Handoff(
        reason=reason,
        queue=_queue(reason, said, danger=danger),
        priority=Priority.URGENT if danger else _PRIORITIES[reason],
        summary=summary(said, language),
        facts=collected_facts(said, language, passages),
        sentiment=sentiment(said),
        message=profile_for(language).phrases.handoff if confirmed and not handed_over(history) else "",
        confirmed=confirmed,
    )


def reason_so_far(text: str, history: Sequence[Turn]) -> HandoffReason:
    """Return why a conversation was handed over: the first reason that a customer's message gives."""
    for place, turn in enumerate(history):
        if turn.role is Role.CUSTOMER and (reason := said_reason(turn.text, history[:place])):
            return reason
    return said_reason(text, history) or HandoffReason.REQUESTED


def _queue(reason: HandoffReason, said: tuple[str, ...], *, danger: bool) -> Queue:
    if danger:
        return Queue.SAFETY
    if reason is HandoffReason.POLICY or any(map(threatens, said)):
        return Queue.COMPLAINTS
    return queue_of(said)
