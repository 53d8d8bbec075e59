"""How customers feel."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from api.schemas.answers import MAX_TURN_CHARS, TurnIn
from api.schemas.assist_examples import MOOD, SENTIMENT, SENTIMENT_CALL, TURN_MOOD
from api.schemas.base import FreeText, LanguageTag, Model, SpanOut
from engine.domain.assist import Alarm, Emotion, Trend
from engine.domain.conversation import Role, Turn
from engine.domain.handoff import Polarity

__all__ = ["CueOut", "MoodOut", "SentimentIn", "TrajectoryOut", "TurnMoodOut"]

MAX_TURNS = 200
LEVELS = (
    "1 furious or despairing: insults, threats, breaks off; 2 dissatisfied, worried or let down, a polite complaint "
    "too; 3 neutral: asks, tells, requests; 4 satisfied, thankful, relieved; 5 delighted."
)


class SentimentIn(Model):
    """A message, or a conversation."""

    text: Annotated[FreeText, StringConstraints(max_length=MAX_TURN_CHARS)] = Field(
        default="", description="One message of a customer; or leave it out and send `turns`."
    )
    turns: tuple[TurnIn, ...] = Field(
        default=(), max_length=MAX_TURNS, description="A conversation, oldest first; the customer's turns are read."
    )
    language: LanguageTag | None = Field(default=None, description="Of the customer's words; told by them if left out.")

    model_config = ConfigDict(json_schema_extra={"examples": [SENTIMENT_CALL]})

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.text.strip()) == bool(self.turns):
            raise ValueError("send either a text or turns")
        return self

    def to_domain(self) -> tuple[Turn, ...]:
        """Return the conversation; a message alone is one of a single turn."""
        if self.turns:
            return tuple(Turn(turn.role, turn.text, turn.action) for turn in self.turns)
        return (Turn(Role.CUSTOMER, self.text),)


class CueOut(Model):
    """Words that tell something."""

    kind: str = Field(description="What they tell, such as `fury`, `regret`, `worry`, `thanks` or `irony`.")
    span: SpanOut = Field(description="In the turn's text.")


class MoodOut(Model):
    """How a message feels."""

    polarity: Polarity
    emotion: Emotion = Field(description="The strongest feeling.")
    level: int = Field(ge=1, le=5, description=LEVELS)
    confidence: float = Field(ge=0, le=1, description="Probability of the polarity.")
    cues: tuple[CueOut, ...] = Field(default=(), description="The words that it was told by.")

    model_config = ConfigDict(json_schema_extra={"examples": [MOOD]})


class TurnMoodOut(Model):
    """The mood of one turn."""

    place: int = Field(ge=0, description="Place of the turn in the conversation, from 0.")
    role: Role
    language: str
    mood: MoodOut

    model_config = ConfigDict(json_schema_extra={"examples": [TURN_MOOD]})


class TrajectoryOut(Model):
    """How the mood of a conversation goes."""

    turns: tuple[TurnMoodOut, ...] = Field(description="The customer's turns.")
    overall: MoodOut = Field(description="What the conversation has arrived at; later turns count more.")
    trend: Trend
    slope: float = Field(description="Levels a turn over the last five turns.")
    alarm: Alarm | None = Field(
        description="Why a person should take over: `danger` and `threat` in the words, `fury` (level 1), `falling` by "
        "two levels to a negative one, `lasting` for three turns; null if nothing calls for it."
    )
    alarm_place: int | None = Field(description="The turn that raised the alarm.")

    model_config = ConfigDict(json_schema_extra={"examples": [SENTIMENT]})
