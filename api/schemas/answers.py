"""Questions and answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, ConfigDict, Field, StringConstraints

from api.schemas.base import FreeText, Identifier, KnowledgeBaseName, LanguageTag, Model, SpanOut
from api.schemas.examples import ANSWER, ANSWER_CALL, CITATION
from api.schemas.filters import FilterIn
from engine.answering.request import AnswerRequest
from engine.domain.answer import AbstentionReason, AnswerMode
from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import DocumentKind

__all__ = [
    "AbstentionOut",
    "AnswerIn",
    "AnswerOut",
    "AnswerTextOut",
    "CitationOut",
    "QuestionOut",
    "TokenOut",
    "TurnIn",
]

MAX_TURNS = 50
MAX_TURN_CHARS = 20_000


class TurnIn(Model):
    """One utterance of the conversation so far."""

    role: Role = Field(description="Who speaks.")
    text: Annotated[FreeText, StringConstraints(max_length=MAX_TURN_CHARS)]


class AnswerIn(Model):
    """A question to a knowledge base."""

    knowledge_base: KnowledgeBaseName
    question: FreeText = Field(description="As the customer typed it; the length limit is a setting of the server.")
    history: tuple[TurnIn, ...] = Field(
        default=(), max_length=MAX_TURNS, description="The conversation so far, oldest first; overrides what is stored."
    )
    conversation_id: Identifier | None = Field(default=None, description="Of a stored or a new conversation.")
    language: LanguageTag | None = Field(default=None, description="Overrides language detection.")
    filter: FilterIn | None = None
    threshold: float | None = Field(default=None, ge=0, le=1, description="Withhold answers of lower confidence.")
    stream: bool = Field(default=False, description="Answer with server-sent events instead of one JSON document.")

    model_config = ConfigDict(json_schema_extra={"examples": [ANSWER_CALL]})

    def to_domain(self) -> AnswerRequest:
        """Convert to the domain."""
        return AnswerRequest(
            question=self.question,
            history=tuple(Turn(turn.role, turn.text) for turn in self.history),
            conversation_id=self.conversation_id or "",
            language=self.language or "",
            filter=(self.filter or FilterIn()).to_domain(),
            threshold=self.threshold,
        )


class QuestionOut(Model):
    """The question as it was understood."""

    text: str = Field(description="As typed.")
    standalone: str = Field(description="As it stands without the conversation; this is what was searched for.")
    language: str = Field(description="BCP 47 tag; `und` where the text tells nothing.")


class AnswerTextOut(Model):
    """The reply itself."""

    text: str
    language: str = Field(description="BCP 47 tag.")
    mode: AnswerMode = Field(description="How the text came about.")
    notes: tuple[str, ...] = Field(default=(), description="Such as: the language model failed.")


class CitationOut(Model):
    """Evidence: `quote` is exactly the stored text of that document version at `span`."""

    id: str
    document_id: str
    version: int
    title: str
    uri: str
    kind: DocumentKind
    language: str
    section: tuple[str, ...] = Field(description="Headings above the quote, outermost first.")
    page: int | None = Field(description="Counted from 1; null where the format has no pages.")
    span: SpanOut = Field(description="Where the quote stands; see `GET /v1/documents/{id}/text`.")
    quote: str
    answer_span: SpanOut = Field(description="The stretch of the answer's text that the quote supports.")
    score: float = Field(description="Retrieval score of the passage.")

    model_config = ConfigDict(json_schema_extra={"examples": [CITATION]})


class AbstentionOut(Model):
    """That nothing is answered, and what to tell the customer."""

    reason: AbstentionReason
    message: str = Field(description="In the customer's language.")


class AnswerOut(Model):
    """Text, evidence and action, kept apart; either `answer` or `abstained` is null."""

    conversation_id: str
    question: QuestionOut
    answer: AnswerTextOut | None = Field(validation_alias=AliasChoices("answer", "text"))
    citations: tuple[CitationOut, ...]
    confidence: float = Field(ge=0, le=1)
    abstained: AbstentionOut | None
    clarify: None = Field(default=None, description="Always null in this version.")
    handoff: None = Field(default=None, description="Always null in this version.")
    follow_ups: tuple[str, ...] = Field(description="Questions that could come next.")
    timings_ms: dict[str, float] = Field(description="Milliseconds of each stage.")

    model_config = ConfigDict(json_schema_extra={"examples": [ANSWER]})


class TokenOut(Model):
    """The next stretch of the answer's text; what was sent is never taken back."""

    text: str
