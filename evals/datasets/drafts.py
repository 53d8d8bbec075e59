"""Read golden drafts: a conversation, how the reply is to be, and what it must hold."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.domain.channel import Channel
from engine.domain.conversation import Turn
from engine.domain.draft import DraftMode, DraftPart, DraftRequest, Tone
from evals.datasets.golden import SAMPLE_FOLDER, question_files
from evals.datasets.problems import faultless_rows
from evals.datasets.rows import Text, TurnRow

__all__ = ["DRAFTS_FOLDER", "GoldenDraft", "load_drafts"]

DRAFTS_FOLDER = SAMPLE_FOLDER / "golden" / "drafts"


class GoldenDraft(BaseModel):
    """A conversation (oldest first) and its reply: the `mode`, `parts` that it must have, and one of the `quotes`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text
    language: Text
    turns: tuple[TurnRow, ...] = Field(min_length=1)
    tone: Tone
    channel: Channel
    facts: dict[str, str] = Field(default_factory=dict)
    mode: DraftMode
    parts: tuple[DraftPart, ...] = Field(min_length=1)
    quotes: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _is_answered_or_held(self) -> Self:
        if (self.mode is DraftMode.HOLDING) == bool(self.quotes):
            raise ValueError("needs quotes, or to be a holding reply")
        return self

    @property
    def request(self) -> DraftRequest:
        """The request as the engine takes it."""
        turns = tuple(Turn(turn.role, turn.text, turn.action) for turn in self.turns)
        return DraftRequest(turns=turns, facts=self.facts, tone=self.tone, channel=self.channel)


def load_drafts(folder: Path = DRAFTS_FOLDER) -> tuple[GoldenDraft, ...]:
    """Read the *.jsonl files of a folder; InvalidInput names file, line and field of the first fault."""
    return tuple(faultless_rows(question_files(folder), GoldenDraft))
