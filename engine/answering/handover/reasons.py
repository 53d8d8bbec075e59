"""Why a conversation needs a person, told from what was said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from engine.answering.handover.sentiment import STRONG
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.handoff import HandoffReason
from engine.languages.folding import fold
from engine.languages.handover_cues import accepts, asks_for_person, outrage, sounds_dangerous, threatens
from engine.languages.registry import profiles
from engine.languages.service_phrases import sounds_solved, sounds_unsolved

__all__ = ["failures", "handed_over", "said_reason"]

ENOUGH_FAILURES = 2
LOOK_BACK = 8  # turns in which failures count
_ENDS = " ?？؟!！。."


def said_reason(text: str, history: Sequence[Turn]) -> HandoffReason | None:
    """Return the reason that the customer's latest message gives, the gravest first; None if it gives none."""
    if sounds_dangerous(text) or threatens(text):
        return HandoffReason.POLICY
    if asks_for_person(text) or (accepts(text) and _offered(history)):
        return HandoffReason.REQUESTED
    if outrage(text) >= STRONG:
        return HandoffReason.EMOTION
    if _failed_again(text, history) and failures(text, history) >= ENOUGH_FAILURES:
        return HandoffReason.REPEATED_FAILURE
    return None


def handed_over(history: Sequence[Turn]) -> bool:
    """Tell whether a person is in charge: the conversation was handed over, or an agent has written in it."""
    return any(turn.role is Role.AGENT or turn.action is TurnAction.HANDOFF for turn in history)


def failures(text: str, history: Sequence[Turn]) -> int:
    """Count how often the assistant has not helped since something was last solved, the latest message included.

    Where that message says that nothing helps, or asks the same again, no answer before it has; otherwise only the
    times count at which the assistant did not know.
    """
    solved = [place for place, turn in enumerate(history) if turn.role is Role.CUSTOMER and _satisfied(turn.text)]
    recent = history[max(0, len(history) - LOOK_BACK, *solved) :]
    if _failed_again(text, history):
        return sum(turn.role is Role.ASSISTANT and turn.action is not TurnAction.CLARIFY for turn in recent)
    return sum(_abstained(turn) for turn in recent)


def _satisfied(text: str) -> bool:
    return sounds_solved(text) and not sounds_unsolved(text)


def _failed_again(text: str, before: Sequence[Turn]) -> bool:
    """Tell whether a message says that what the assistant answered before does not help, or asks the same again."""
    if not any(turn.role is Role.ASSISTANT for turn in before):
        return False
    asked = {fold(turn.text).strip(_ENDS) for turn in before if turn.role is Role.CUSTOMER}
    return sounds_unsolved(text) or fold(text).strip(_ENDS) in asked


def _offered(history: Sequence[Turn]) -> bool:
    return bool(history) and history[-1].role is Role.ASSISTANT and _abstained(history[-1])


def _abstained(turn: Turn) -> bool:
    """Tell by the action, or, where the caller sent the conversation without, by the words."""
    if turn.role is not Role.ASSISTANT:
        return False
    return turn.action is TurnAction.ABSTAIN or (turn.action is None and turn.text.strip() in _refusals())


@lru_cache(maxsize=1)
def _refusals() -> frozenset[str]:
    phrases = [profile.phrases for profile in profiles().values()]
    return frozenset(text for each in phrases for text in (each.no_evidence, each.low_confidence, each.conflict))
