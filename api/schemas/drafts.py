"""Drafts of replies."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.answers import CitationOut
from api.schemas.base import FreeText, KnowledgeBaseName, LanguageTag, Model, SpanOut
from api.schemas.checks import ReplyCheckOut
from api.schemas.draft_examples import DRAFT, DRAFT_CALL
from api.schemas.suggestions import MAX_TURNS, Facts, Short, TimedTurnIn, WarningOut
from engine.checks import MAX_CHARS
from engine.domain.channel import Channel
from engine.domain.conversation import Turn
from engine.domain.draft import DraftMode, DraftPart, DraftRequest, Rewrite, Tone

__all__ = ["DraftIn", "DraftOut"]


class DraftIn(Model):
    """A conversation to reply to, or an agent's own draft to rewrite."""

    knowledge_base: KnowledgeBaseName
    turns: tuple[TimedTurnIn, ...] = Field(
        default=(), max_length=MAX_TURNS, description="Oldest first; needed unless a draft of your own is rewritten."
    )
    facts: Facts = Field(
        default_factory=dict,
        max_length=100,
        description="From your records, such as `order_number`; `customer_name` and `agent_name` among them.",
    )
    tone: Tone = Field(default=Tone.FRIENDLY, description="How the reply speaks to the customer.")
    channel: Channel = Field(default=Channel.CHAT, description="Where it is read or heard; bounds its length.")
    language: LanguageTag | None = Field(
        default=None, description="Of the reply, else the customer's; of a translation the target."
    )
    agent_language: LanguageTag | None = Field(default=None, description="Of warnings and remedies; else the reply's.")
    template: Short = Field(default="", description="Shortcut of the canned reply that is to be the core.")
    draft: Annotated[FreeText, StringConstraints(max_length=MAX_CHARS)] = Field(
        default="", description="Your own text; goes with `rewrite`."
    )
    rewrite: Rewrite | None = Field(
        default=None,
        description="What to do with it: `shorter`, `friendlier`, `more_formal`, or `translated`, which takes a "
        "language model.",
    )
    without: tuple[Short, ...] = Field(
        default=(), max_length=100, description="Uris of documents to leave out, as the record of this conversation."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [DRAFT_CALL]})

    def to_domain(self) -> DraftRequest:
        """Convert to the domain."""
        return DraftRequest(
            turns=tuple(Turn(turn.role, turn.text, turn.action) for turn in self.turns),
            times=tuple(turn.at for turn in self.turns),
            facts=self.facts,
            tone=self.tone,
            language=self.language or "",
            channel=self.channel,
            agent_language=self.agent_language or "",
            template=self.template,
            draft=self.draft,
            rewrite=self.rewrite,
            without=self.without,
        )


class DraftSectionOut(Model):
    """A part of the draft."""

    part: DraftPart
    span: SpanOut = Field(description="Where it stands in the draft.")


class DraftGapOut(Model):
    """A fact that nobody has told."""

    name: str = Field(description="Such as `order_number`.")
    span: SpanOut = Field(description="Where its mark stands in the draft, or the question for it.")
    question: str = Field(description="In the draft's language; empty for a variable of your own.")


class DraftOut(Model):
    """A draft, what it rests on, and what is still to be done before it is sent."""

    text: str
    language: str = Field(description="BCP 47 tag.")
    tone: Tone
    channel: Channel
    mode: DraftMode = Field(description="How it came about; `holding` where the knowledge has no sure answer.")
    question: str = Field(description="What was searched for; empty where nothing was.")
    confidence: float = Field(ge=0, le=1, description="How likely the quotes answer the question.")
    limit: int = Field(description="Most characters on the channel.")
    sections: tuple[DraftSectionOut, ...]
    citations: tuple[CitationOut, ...] = Field(description="For the agent; `answer_span` refers to the draft.")
    missing: tuple[DraftGapOut, ...]
    warnings: tuple[WarningOut, ...]
    check: ReplyCheckOut = Field(description="Of the draft, as by `POST /v1/checks`.")
    notes: tuple[str, ...] = Field(description="Such as: the language model failed.")
    timings_ms: dict[str, float] = Field(description="Milliseconds of each stage.")

    model_config = ConfigDict(json_schema_extra={"examples": [DRAFT]})
