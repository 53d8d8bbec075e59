"""How the mood of a conversation goes, and whether it calls for a person."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from engine.assist.sentiment.model import polarity
from engine.assist.sentiment.reader import NEUTRAL
from engine.domain.assist import Alarm, Mood, Trajectory, Trend, TurnMood
from engine.languages.handover_cues import sounds_dangerous, threatens

__all__ = ["trajectory"]

RECENT: Final = 5  # turns whose slope is the trend
STEEP: Final = 0.3  # levels a turn from which the mood rises or falls
FADING: Final = 0.5  # weight of a turn beside the one after it
FALL: Final = 2  # levels
LASTING: Final = 3  # negative turns in a row


def trajectory(turns: Sequence[TurnMood], texts: Sequence[str]) -> Trajectory:
    """Return the way of the moods; `texts` are the words of the same turns, all of the customer, in order.

    The alarm is the gravest that any turn raised: danger, a threat, fury (level 1), a fall by two levels to a negative
    one, three negative turns in a row.
    """
    levels = [turn.mood.level for turn in turns]
    slope = _slope(levels[-RECENT:])
    trend = Trend.WORSENING if slope <= -STEEP else Trend.IMPROVING if slope >= STEEP else Trend.STEADY
    alarm, place = _alarm(turns, texts)
    return Trajectory(tuple(turns), _overall(turns), trend, round(slope, 2), alarm, place)


def _slope(levels: Sequence[int]) -> float:
    """Return the slope of the least-squares line through the levels; 0 for fewer than two."""
    middle, mean = (len(levels) - 1) / 2, sum(levels) / max(len(levels), 1)
    spread = sum((at - middle) ** 2 for at in range(len(levels)))
    return sum((at - middle) * (level - mean) for at, level in enumerate(levels)) / spread if spread else 0.0


def _overall(turns: Sequence[TurnMood]) -> Mood:
    """Return the mood that the conversation has arrived at: levels weighed by how recent they are."""
    if not turns:
        return NEUTRAL
    weights = [FADING**age for age in range(len(turns))]
    recent = [turn.mood for turn in reversed(turns)]
    level = round(sum(w * mood.level for w, mood in zip(weights, recent, strict=True)) / sum(weights))
    like = next((mood for mood in recent if mood.polarity is polarity(level)), NEUTRAL)
    return Mood(polarity(level), like.emotion, level, like.confidence)


def _alarm(turns: Sequence[TurnMood], texts: Sequence[str]) -> tuple[Alarm | None, int | None]:
    raised: dict[Alarm, int] = {}
    for turn, text in zip(turns, texts, strict=True):
        for alarm, rings in (
            (Alarm.DANGER, sounds_dangerous(text)),
            (Alarm.THREAT, threatens(text)),
            (Alarm.FURY, turn.mood.level == 1),
        ):
            if rings:
                raised.setdefault(alarm, turn.place)
    for before, after in pairwise(turns):
        if before.mood.level - after.mood.level >= FALL and after.mood.level <= 2:
            raised.setdefault(Alarm.FALLING, after.place)
    for at in range(len(turns) - LASTING + 1):
        if all(turn.mood.level <= 2 for turn in turns[at : at + LASTING]):
            raised.setdefault(Alarm.LASTING, turns[at + LASTING - 1].place)
    gravest = next((alarm for alarm in Alarm if alarm in raised), None)
    return gravest, raised[gravest] if gravest else None
