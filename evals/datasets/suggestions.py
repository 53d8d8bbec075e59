"""Read conversations up to a reply of the desk, with what was really sent and what says the same."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.domain.conversation import Role, Turn
from engine.errors import InvalidInput
from evals.datasets.golden import SAMPLE_FOLDER, load_golden, question_files
from evals.datasets.problems import faultless_rows
from evals.datasets.rows import GoldenKind, Text, TurnRow

__all__ = ["SentReply", "asked_replies", "load_sent_replies"]


class SentReply(BaseModel):
    """A conversation (oldest first) and the reply that was `sent` next.

    `transcript` is the uri of the record that it stands in, which must not be suggested from; empty for one that is in
    no knowledge base. The same is said by the canned replies with the shortcuts `canned`, by evidence that has one of
    the `quotes`, and by the next `steps` of these names.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text
    language: Text
    turns: tuple[TurnRow, ...] = Field(min_length=1)
    sent: Text
    transcript: str = ""
    canned: tuple[Text, ...] = ()
    quotes: tuple[Text, ...] = ()
    steps: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _ends_with_the_customer(self) -> Self:
        if self.turns[-1].role is not Role.CUSTOMER:
            raise ValueError("the last turn must be the customer's")
        return self

    @property
    def conversation(self) -> tuple[Turn, ...]:
        """The turns as the engine takes them."""
        return tuple(Turn(turn.role, turn.text, turn.action) for turn in self.turns)


def load_sent_replies(path: Path) -> tuple[SentReply, ...]:
    """Read a *.jsonl file, or all of them in a folder; InvalidInput names file, line and field of the first fault."""
    files = question_files(path)
    if not files:
        raise InvalidInput(f"{path} has no conversations (*.jsonl).", remedy="Check the path.")
    return tuple(faultless_rows(files, SentReply))


def asked_replies() -> tuple[SentReply, ...]:
    """Return the sample's golden questions as conversations of one turn whose answer was sent."""
    return tuple(
        SentReply(
            id=each.id,
            language=each.language,
            turns=(TurnRow(role=Role.CUSTOMER, text=each.text),),
            sent=each.answers[0],
            quotes=each.answers,
        )
        for each in load_golden(SAMPLE_FOLDER / "golden")
        if each.kind is GoldenKind.ANSWERABLE and not each.history
    )
