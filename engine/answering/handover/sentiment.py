"""How the customer feels, from what they say and how."""

from __future__ import annotations

from collections.abc import Sequence

from engine.assist.sentiment.cues import read_cues
from engine.assist.sentiment.model import mood_of, polarity
from engine.domain.handoff import Sentiment
from engine.languages.detection import ScriptDetector
from engine.languages.handover_cues import outrage

__all__ = ["STRONG", "sentiment"]

STRONG = 2  # `outrage` from which it is strong emotion
RECENT = 3  # messages looked at
_DETECTOR = ScriptDetector()  # chats mix languages


def sentiment(said: Sequence[str]) -> Sentiment:
    """Return how the customer feels by their last few messages (oldest first): the worst mood, or else the latest."""
    recent = [text for text in said[-RECENT:] if text.strip()]
    moods = [mood_of(read_cues(text, _DETECTOR.detect(text))) for text in recent]
    if not moods:
        return Sentiment(polarity(3), 3)
    level = min(mood.level for mood in moods)
    if level > 2:
        level = moods[-1].level
    if any(outrage(text) >= STRONG for text in recent):
        level = 1
    return Sentiment(polarity(level), level)
