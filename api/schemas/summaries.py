"""Summaries of conversations."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.answers import TurnIn
from api.schemas.base import Flag, LanguageTag, Model, SpanOut
from api.schemas.sentiment import TrajectoryOut
from api.schemas.summary_examples import STATEMENT, SUMMARY, SUMMARY_CALL
from engine.domain.answer import AnswerMode
from engine.domain.conversation import Turn
from engine.domain.handoff import FactKind
from engine.domain.summary import Progress, SummaryPart, SummaryPurpose, SummaryRequest

__all__ = ["StatementOut", "SummaryIn", "SummaryOut"]


class SummaryIn(Model):
    """A conversation to summarise."""

    turns: tuple[TurnIn, ...] = Field(description="The conversation, oldest turn first.")
    purpose: SummaryPurpose = Field(
        default=SummaryPurpose.HAND_OVER, description="Decides the order of the parts and how much of each there is."
    )
    language: LanguageTag | None = Field(
        default=None, description="Of headings and fixed words; the customer's if left out. Quotes stay as they are."
    )
    stream: Flag = Field(default=False, description="Reply with server-sent events instead of one JSON document.")

    model_config = ConfigDict(json_schema_extra={"examples": [SUMMARY_CALL]})

    def to_domain(self) -> SummaryRequest:
        """Convert to the domain."""
        turns = tuple(Turn(turn.role, turn.text, turn.action) for turn in self.turns)
        return SummaryRequest(turns, self.purpose, self.language or "")


class TurnQuoteOut(Model):
    """Words of a turn."""

    place: int = Field(ge=0, description="Place of the turn in the conversation, from 0.")
    span: SpanOut = Field(description="In the turn's text.")
    text: str = Field(description="Exactly what stands there.")


class StatementOut(Model):
    """One statement with the turns that it rests on."""

    part: SummaryPart
    text: str
    places: tuple[int, ...] = Field(min_length=1, description="Places of its turns, from 0.")
    quotes: tuple[TurnQuoteOut, ...] = Field(min_length=1, description="What it rests on.")
    due: tuple[TurnQuoteOut, ...] = Field(default=(), description="Of a promise, the words that say by when.")

    model_config = ConfigDict(json_schema_extra={"examples": [STATEMENT]})


class SectionOut(Model):
    """A part of the summary."""

    part: SummaryPart
    heading: str = Field(description="In the summary's language.")
    statements: tuple[StatementOut, ...]


class SummaryFactOut(Model):
    """A fact that was named."""

    kind: FactKind
    text: str = Field(description="As it was first written.")
    normal: str = Field(description="In comparable form, such as an ISO 8601 date or `259 CNY`.")
    places: tuple[int, ...] = Field(description="Places of the turns that name it, from 0.")
    quotes: tuple[TurnQuoteOut, ...]


class SummaryOut(Model):
    """A summary; parts about which nothing was said are left out."""

    purpose: SummaryPurpose
    language: str
    mode: AnswerMode = Field(description="Whether the statements are quotes, or a language model wrote some of them.")
    text: str = Field(description="The whole to read; the turns of each statement stand in brackets behind it.")
    sections: tuple[SectionOut, ...]
    facts: tuple[SummaryFactOut, ...]
    progress: Progress = Field(
        description="By the customer's last verdict and what the desk still owes: `solved`, `promised` or `unsolved`."
    )
    mood: TrajectoryOut
    notes: tuple[str, ...] = Field(default=(), description="What is unusual, such as that the language model failed.")

    model_config = ConfigDict(json_schema_extra={"examples": [SUMMARY]})
