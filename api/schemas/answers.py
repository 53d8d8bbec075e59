"""Questions and answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, ConfigDict, Field, StringConstraints

from api.schemas.actions import ClarifyOut, HandoffOut
from api.schemas.base import Flag, Fraction, FreeText, Identifier, KnowledgeBaseName, LanguageTag, Model, SpanOut
from api.schemas.conflicts import ConflictOut
from api.schemas.evidence import EvidenceOut
from api.schemas.examples import ANSWER, ANSWER_CALL, CITATION
from api.schemas.filters import FilterIn
from engine.answering.request import AnswerRequest
from engine.domain.answer import AbstentionReason, AnswerMode, Presentation
from engine.domain.channel import Channel
from engine.domain.conversation import Role, Turn, TurnAction

__all__ = [
    "MAX_TURNS",
    "MAX_TURN_CHARS",
    "AbstentionOut",
    "AnswerIn",
    "AnswerOptionsIn",
    "AnswerOut",
    "AnswerTextOut",
    "CitationOut",
    "QuestionIn",
    "QuestionOut",
    "TokenOut",
    "TurnIn",
]

MAX_TURNS = 50
MAX_TURN_CHARS = 20_000


class TurnIn(Model):
    """One utterance of the conversation so far."""

    role: Role = Field(description="Who speaks.")
    text: Annotated[FreeText, StringConstraints(max_length=MAX_TURN_CHARS)] = Field(description="What was said.")
    action: TurnAction | None = Field(
        default=None,
        description="What the assistant did in its turn other than answer: `clarify` (with the question and, on lines "
        "that begin with `- `, the options as its text), `abstain` or `handoff`. Stored conversations know it.",
    )


class AnswerOptionsIn(Model):
    """How a question is to be answered."""

    conversation_id: Identifier | None = Field(default=None, description="Of a stored or a new conversation.")
    language: LanguageTag | None = Field(default=None, description="Overrides language detection.")
    filter: FilterIn | None = Field(default=None, description="Which documents may be used; all if left out.")
    threshold: Fraction | None = Field(default=None, ge=0, le=1, description="Withhold answers of lower confidence.")
    after_handoff: Flag = Field(
        default=False,
        description="Answer although a person has taken over. Left out, nothing is answered from then on: `answer` and "
        "`abstained` are null, and `handoff` brings the facts up to date.",
    )
    channel: Channel = Field(default=Channel.CHAT, description="Where the answer is read or heard; bounds its length.")
    customer_id: Identifier | None = Field(
        default=None, description="Your id of the customer: what is kept can then be exported and erased by it."
    )

    def asking(self, question: str, history: tuple[Turn, ...]) -> AnswerRequest:
        """Return the question with these options."""
        return AnswerRequest(
            question=question,
            history=history,
            conversation_id=self.conversation_id or "",
            language=self.language or "",
            filter=(self.filter or FilterIn()).to_domain(),
            threshold=self.threshold,
            after_handoff=self.after_handoff,
            channel=self.channel,
            customer=self.customer_id or "",
        )


class QuestionIn(AnswerOptionsIn):
    """A question to a knowledge base, answered as a whole."""

    knowledge_base: KnowledgeBaseName
    question: FreeText = Field(description="As the customer typed it; the length limit is a setting of the server.")
    history: tuple[TurnIn, ...] = Field(
        default=(), max_length=MAX_TURNS, description="The conversation so far, oldest first; overrides what is stored."
    )

    def to_domain(self) -> AnswerRequest:
        """Convert to the domain."""
        return self.asking(self.question, tuple(Turn(turn.role, turn.text, turn.action) for turn in self.history))


class AnswerIn(QuestionIn):
    """A question to a knowledge base."""

    stream: Flag = Field(default=False, description="Answer with server-sent events instead of one JSON document.")

    model_config = ConfigDict(json_schema_extra={"examples": [ANSWER_CALL]})


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
    presented_as: Presentation = Field(default=Presentation.TEXT, description="By the knowledge that it comes from.")
    lead_in: str = Field(
        default="", description="May be said before the text, in the customer's language: what it is quoted from."
    )


class CitationOut(EvidenceOut):
    """Evidence: `quote` is exactly the stored text of that document version at `span`."""

    id: str
    quote: str
    answer_span: SpanOut = Field(description="The stretch of the answer's text that the quote supports.")

    model_config = ConfigDict(json_schema_extra={"examples": [CITATION]})


class AbstentionOut(Model):
    """That nothing is answered, and what to tell the customer."""

    reason: AbstentionReason = Field(
        description="`no_evidence`: nothing was found; `low_confidence`: what was found may not answer the question; "
        "`conflict`: documents disagree and nothing decides; `unsafe`: nothing but instructions to a language model."
    )
    message: str = Field(description="In the customer's language.")


class AnswerOut(Model):
    """Text, evidence and action, kept apart.

    At most one of `answer`, `abstained` and `clarify` is not null. `handoff` may stand beside an answer or an
    abstention, or alone: then there is nothing to say but its `message`.
    """

    conversation_id: str = Field(description="Send it with the next question of the same conversation.")
    answer_id: str = Field(default="", description="Names this answer in feedback.")
    question: QuestionOut
    answer: AnswerTextOut | None = Field(validation_alias=AliasChoices("answer", "text"))
    citations: tuple[CitationOut, ...] = Field(description="In the order in which they support the text.")
    confidence: float = Field(ge=0, le=1, description="Estimated probability that the answer is right.")
    abstained: AbstentionOut | None
    clarify: ClarifyOut | None = Field(default=None, description="A question back, in place of an answer.")
    handoff: HandoffOut | None = Field(default=None, description="That a person is needed, and why.")
    conflicts: tuple[ConflictOut, ...] = Field(default=(), description="Documents that say something else.")
    follow_ups: tuple[str, ...] = Field(description="Questions that could come next.")
    timings_ms: dict[str, float] = Field(description="Milliseconds of each stage.")

    model_config = ConfigDict(json_schema_extra={"examples": [ANSWER]})


class TokenOut(Model):
    """The next stretch of the answer's text; what was sent is never taken back."""

    text: str
