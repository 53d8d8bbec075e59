"""How soon somebody should look at a message, and why."""

from __future__ import annotations

from typing import Final

from engine.domain.assist import Mood
from engine.domain.handoff import Priority
from engine.domain.triage import CustomerTier, Intent, PriorityReason
from engine.languages.deadline_cues import has_deadline
from engine.languages.handover_cues import sounds_dangerous, threatens

__all__ = ["prioritised"]

_STEPS: Final = tuple(Priority)
_FURIOUS: Final = 1  # level


def prioritised(
    text: str, intents: tuple[Intent, ...], mood: Mood, tier: CustomerTier
) -> tuple[Priority, tuple[PriorityReason, ...]]:
    """Return the priority and everything that raised it.

    Danger is urgent. An intent has its own priority; a threat, fury and a deadline make it high at least; a preferred
    customer's is one step higher where anything else raised it, that of a VIP in any case.
    """
    raised: dict[PriorityReason, Priority] = {}
    if sounds_dangerous(text):
        raised[PriorityReason.DANGER] = Priority.URGENT
    for reason, applies in (
        (PriorityReason.THREAT, threatens(text)),
        (PriorityReason.MOOD, mood.level <= _FURIOUS),
        (PriorityReason.DEADLINE, has_deadline(text)),
    ):
        if applies:
            raised[reason] = Priority.HIGH
    own = max((intent.priority for intent in intents), key=_STEPS.index, default=Priority.NORMAL)
    if own is not Priority.NORMAL:
        raised[PriorityReason.INTENT] = own
    highest = max(raised.values(), key=_STEPS.index, default=Priority.NORMAL)
    lifted = tier is CustomerTier.VIP or (tier is CustomerTier.PREFERRED and bool(raised))
    if lifted and highest is not _STEPS[-1]:
        raised[PriorityReason.TIER] = highest = _STEPS[_STEPS.index(highest) + 1]
    return highest, tuple(reason for reason in PriorityReason if reason in raised)
