"""The default reader of moods: cues, and the static encoder's vector."""

from __future__ import annotations

from engine.assist.sentiment.cues import read_cues
from engine.assist.sentiment.model import mood_of
from engine.domain.assist import Emotion, Mood
from engine.domain.handoff import Polarity
from engine.ports.embedding import Embedder

__all__ = ["NEUTRAL", "CueMoodReader"]

NEUTRAL = Mood(Polarity.NEUTRAL, Emotion.NEUTRAL, 3, 1.0)
MAX_CHARS = 2000  # of a message that are looked at: mails quote each other


class CueMoodReader:
    """Reads moods offline in well under a millisecond; safe to use from several threads.

    `embedder` must be the bundled static encoder, which the weights were fitted with; without one the cues decide.
    """

    def __init__(self, embedder: Embedder | None = None) -> None:
        self._embedder = embedder

    def read(self, text: str, language: str) -> Mood:
        """Return the mood of a message in `language` (BCP 47)."""
        said = text.strip()[:MAX_CHARS]
        if not said:
            return NEUTRAL
        vector = self._embedder.embed_query(said) if self._embedder else None
        return mood_of(read_cues(said, language), vector)
