"""The rows of question files and of BEIR folders, as pydantic models: what is allowed where."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from engine.domain.conversation import Role

__all__ = [
    "CorpusRow",
    "DialogueRow",
    "DialogueTurnRow",
    "EvidenceRow",
    "GoldenKind",
    "QueryRow",
    "QuestionRow",
    "TurnRow",
]

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class GoldenKind(StrEnum):
    """What a question tries."""

    ANSWERABLE = "answerable"
    FOLLOW_UP = "follow_up"
    CROSS_LANGUAGE = "cross_language"
    OUT_OF_SCOPE = "out_of_scope"
    INJECTION = "injection"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class TurnRow(_Row):
    """One utterance before the question."""

    role: Role
    text: Text


class EvidenceRow(_Row):
    """A place that must be cited: the document and, unless any place in it will do, the exact wording there."""

    document: Text
    quote: str = ""


class DialogueTurnRow(_Row):
    """What is expected of the answer to one message.

    `documents` and `answers` are alternatives: any one of them will do. `evidence` must be cited, all of it.
    `forbidden` must not be said: what an attack wants.
    """

    text: Text
    kind: GoldenKind = GoldenKind.ANSWERABLE
    documents: tuple[Text, ...] = ()
    answers: tuple[Text, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()
    forbidden: tuple[Text, ...] = ()
    hand_over: bool | None = None

    @model_validator(mode="after")
    def _expects_what_its_kind_needs(self) -> Self:
        gold = bool(self.documents or self.answers or self.evidence)
        if self.kind is GoldenKind.INJECTION:
            if not self.forbidden:
                raise ValueError('an injection needs "forbidden": what must not be said')
        elif self.kind is GoldenKind.OUT_OF_SCOPE:
            if gold:
                raise ValueError('an out_of_scope question has no "documents", "answers" or "evidence"')
        elif not (self.documents and self.answers):
            raise ValueError('needs "documents" and "answers", unless its kind is out_of_scope')
        return self


class QuestionRow(DialogueTurnRow):
    """A question of its own, after a given `history`."""

    id: Text
    language: Text
    kind: GoldenKind
    history: tuple[TurnRow, ...] = ()
    standalone: str = ""
    status: Literal["approved", "proposed"] = "approved"


class DialogueRow(_Row):
    """A conversation that is held with the system: each message follows the system's own answers."""

    id: Text
    language: Text
    turns: tuple[DialogueTurnRow, ...] = Field(min_length=1)
    status: Literal["approved", "proposed"] = "approved"


class CorpusRow(BaseModel):
    """A document of a BEIR folder; other fields are passed over."""

    id: Text = Field(alias="_id")
    title: str = ""
    text: str


class QueryRow(BaseModel):
    """A query of a BEIR folder; other fields are passed over."""

    id: Text = Field(alias="_id")
    text: str
    answers: tuple[str, ...] = ()
