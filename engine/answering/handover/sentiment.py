"""How a customer feels, from what they say and how."""

from __future__ import annotations

from collections.abc import Sequence

from engine.domain.handoff import Polarity, Sentiment
from engine.languages.handover_cues import outrage, sounds_dangerous, threatens
from engine.languages.service_phrases import sounds_solved, sounds_unsolved

__all__ = ["STRONG", "sentiment"]

STRONG = 2  # `outrage` from which it is strong emotion
RECENT = 3  # messages looked at


def sentiment(said: Sequence[str]) -> Sentiment:
    """Return how the customer feels by their last few messages (oldest first)."""
    recent = said[-RECENT:]
    upset = max(map(outrage, recent), default=0)
    if upset >= STRONG:
        return Sentiment(Polarity.NEGATIVE, 1)
    if upset or any(sounds_unsolved(text) or threatens(text) or sounds_dangerous(text) for text in recent):
        return Sentiment(Polarity.NEGATIVE, 2)
    if recent and sounds_solved(recent[-1]):
        return Sentiment(Polarity.POSITIVE, 4)
    return Sentiment(Polarity.NEUTRAL, 3)
