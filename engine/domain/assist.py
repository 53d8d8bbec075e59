"""What the assist calls give back: how a message feels and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.domain.conversation import Role
from engine.domain.handoff import Polarity
from engine.domain.knowledge import Span

__all__ = ["Alarm", "Emotion", "Mood", "SentimentCue", "Trajectory", "Trend", "TurnMood"]


class Emotion(StrEnum):
    """The strongest feeling of a message."""

    ANGER = "anger"
    ANXIETY = "anxiety"
    DISAPPOINTMENT = "disappointment"
    CONFUSION = "confusion"
    NEUTRAL = "neutral"
    JOY = "joy"


class Trend(StrEnum):
    """Where the mood of a conversation is going."""

    WORSENING = "worsening"
    STEADY = "steady"
    IMPROVING = "improving"


class Alarm(StrEnum):
    """Why a conversation's mood calls for a person, the gravest reason first."""

    DANGER = "danger"
    THREAT = "threat"
    FURY = "fury"
    FALLING = "falling"
    LASTING = "lasting"


@dataclass(frozen=True, slots=True)
class SentimentCue:
    """Words at `span` of a message that tell something; `kind` is the field of the lexicon that they stand in."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Mood:
    """How a message feels.

    `level` is 1 furious or despairing, 2 dissatisfied or worried, 3 neutral, 4 satisfied, 5 delighted; `polarity` is
    negative up to 2 and positive from 4. `confidence` is the probability of the polarity, 0..1.
    """

    polarity: Polarity
    emotion: Emotion
    level: int
    confidence: float
    cues: tuple[SentimentCue, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnMood:
    """The mood of the turn at `place` (from 0) of a conversation."""

    place: int
    role: Role
    language: str
    mood: Mood


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The moods of the customer's turns in order, the mood they end in, and where they are going.

    `slope` is in levels a turn, over the last turns. `alarm` is None where nothing calls for a person; `alarm_place`
    is the turn that raised it.
    """

    turns: tuple[TurnMood, ...]
    overall: Mood
    trend: Trend
    slope: float
    alarm: Alarm | None = None
    alarm_place: int | None = None
