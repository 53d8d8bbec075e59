"""The rows of question files and of BEIR folders, as pydantic models: what is allowed where."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from engine.domain.conversation import Role, TurnAction
from engine.domain.handoff import FactKind, HandoffReason, Polarity, Priority, Queue

__all__ = [
    "ActionRow",
    "ClarifyRow",
    "CorpusRow",
    "DialogueRow",
    "DialogueTurnRow",
    "EvidenceRow",
    "FactRow",
    "GoldenKind",
    "HandoffRow",
    "QueryRow",
    "QuestionRow",
    "ReplyRow",
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
    action: TurnAction | None = None


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
    note: str = ""


class DialogueRow(_Row):
    """A conversation that is held with the system: each message follows the system's own answers."""

    id: Text
    language: Text
    turns: tuple[DialogueTurnRow, ...] = Field(min_length=1)
    status: Literal["approved", "proposed"] = "approved"
    note: str = ""


class FactRow(_Row):
    """A fact that must have been collected, as the customer wrote it."""

    kind: FactKind
    text: Text


class HandoffRow(_Row):
    """A hand-over that must come; fields that are left out may have any value."""

    reason: HandoffReason
    queue: Queue | None = None
    priority: Priority | None = None
    sentiment: Polarity | None = None
    facts: tuple[FactRow, ...] = ()


class ReplyRow(_Row):
    """What the customer replies to the question back; one of `answers` must then be in the answer."""

    text: Text
    answers: tuple[Text, ...] = Field(min_length=1)


class ClarifyRow(_Row):
    """A question back that must come; each of `options` must stand in one of those offered."""

    options: tuple[Text, ...] = Field(min_length=1)
    reply: ReplyRow | None = None


class ActionRow(_Row):
    """A message and what it calls for: a person, a question back, or, where both are left out, neither."""

    id: Text
    language: Text
    history: tuple[TurnRow, ...] = ()
    text: Text
    handoff: HandoffRow | None = None
    clarify: ClarifyRow | None = None
    answered: bool | None = None

    @model_validator(mode="after")
    def _calls_for_one_thing(self) -> Self:
        if self.handoff and self.clarify:
            raise ValueError('has "handoff" or "clarify", not both')
        if self.clarify and self.answered:
            raise ValueError('is not "answered" where it must "clarify"')
        return self


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
