"""Feedback on answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.answers import MAX_TURN_CHARS
from api.schemas.base import FreeText, Identifier, KnowledgeBaseName, Model, Moment, Whole
from api.schemas.examples import FEEDBACK, FEEDBACK_CALL
from engine.domain.answer import AbstentionReason
from engine.domain.feedback import FeedbackFilter, GivenFeedback, Review, Verdict
from engine.domain.handoff import HandoffReason
from engine.feedback import CSAT

__all__ = ["CitedPlaceOut", "ExchangeOut", "FeedbackIn", "FeedbackOut", "FeedbackPageOut", "FeedbackQuery"]

Said = Annotated[FreeText, StringConstraints(max_length=MAX_TURN_CHARS)]


class FeedbackIn(Model):
    """What became of an answer, how content the customer was, or both."""

    conversation_id: Identifier = Field(description="Of the conversation, as it came with the answer.")
    answer_id: Identifier | None = Field(default=None, description="The newest answer of the conversation if left out.")
    knowledge_base: KnowledgeBaseName | None = Field(default=None, description="That the answer was given from.")
    verdict: Verdict | None = Field(
        default=None,
        description="`accepted`: sent as it was; `edited`: sent after changes; `rejected`: not used; `solved`: that "
        "was the end of the customer's problem, and so of the conversation.",
    )
    edited_text: Said = Field(default="", description="What was sent in place of the answer; goes with `edited`.")
    csat: Whole | None = Field(default=None, ge=CSAT[0], le=CSAT[-1], description="Customer satisfaction, 5 is best.")
    comment: Said = Field(default="", description="Why, in one's own words.")
    id: Identifier | None = Field(
        default=None, description="Chosen by the sender, to send it again safely; one made of the rest if left out."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [FEEDBACK_CALL]})

    def to_domain(self) -> GivenFeedback:
        """Convert to the domain."""
        return GivenFeedback(**{name: value for name, value in dict(self).items() if value is not None})


class FeedbackQuery(Model):
    """Which feedback to list."""

    knowledge_base: KnowledgeBaseName | None = Field(default=None, description="On answers from this knowledge base.")
    conversation_id: Identifier | None = Field(default=None, description="On answers of this conversation.")
    verdict: list[Verdict] = Field(default=[], max_length=4, description="With this verdict; may be repeated.")
    since: Moment | None = Field(default=None, description="Given at this time or later.")
    until: Moment | None = Field(default=None, description="Given before this time.")
    limit: int = Field(default=50, ge=1, le=200, description="At most this many on a page.")
    cursor: Identifier | None = Field(default=None, description="`next_cursor` of the page before.")

    def to_domain(self) -> FeedbackFilter:
        """Convert to the domain; the page is left out."""
        return FeedbackFilter(
            knowledge_base=self.knowledge_base or "",
            conversation_id=self.conversation_id or "",
            verdicts=tuple(self.verdict),
            since=self.since,
            until=self.until,
        )


class CitedPlaceOut(Model):
    """Evidence that the answer cited."""

    document_id: str
    version: int
    uri: str
    quote: str


class ExchangeOut(Model):
    """The question and the answer that feedback is about; `answer` is empty where nothing was answered."""

    question: str
    standalone: str = Field(description="As it stands without the conversation.")
    language: str = Field(description="BCP 47 tag.")
    answer: str
    citations: tuple[CitedPlaceOut, ...]
    abstained: AbstentionReason | None
    clarified: bool = Field(description="Whether the customer was asked back.")
    handoff: HandoffReason | None
    created_at: datetime


class FeedbackOut(Model):
    """Feedback with what it is about."""

    id: str
    conversation_id: str
    answer_id: str
    knowledge_base: str
    verdict: Verdict | None
    edited_text: str
    csat: int | None
    comment: str
    created_at: datetime
    about: ExchangeOut

    model_config = ConfigDict(json_schema_extra={"examples": [FEEDBACK]})

    @classmethod
    def reviewed(cls, review: Review) -> FeedbackOut:
        """Convert from the domain."""
        given, about = review.feedback, review.exchange
        places = ({name: getattr(each, name) for name in CitedPlaceOut.model_fields} for each in about.citations)
        shown = {name: getattr(about, name) for name in ExchangeOut.model_fields}
        return cls(
            id=given.id,
            conversation_id=about.conversation_id,
            answer_id=given.answer_id,
            knowledge_base=about.knowledge_base,
            verdict=given.verdict,
            edited_text=given.edited_text,
            csat=given.csat,
            comment=given.comment,
            created_at=given.created_at,
            about=ExchangeOut(**{**shown, "citations": tuple(CitedPlaceOut(**place) for place in places)}),
        )


class FeedbackPageOut(Model):
    """One page of feedback, the newest first."""

    items: tuple[FeedbackOut, ...]
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [FEEDBACK], "next_cursor": None}]})
