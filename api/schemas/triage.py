"""Where a message belongs."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.answers import MAX_TURNS, TurnIn
from api.schemas.assist_examples import TRIAGE, TRIAGE_CALL
from api.schemas.base import FreeText, KnowledgeBaseName, LanguageTag, Model, SpanOut
from api.schemas.sentiment import MoodOut
from engine.domain.conversation import Role
from engine.domain.handoff import FactKind, Priority
from engine.domain.triage import CustomerTier, PriorityReason, TriageRequest

__all__ = ["EntityOut", "FoundIntentOut", "MissingFactOut", "TriageIn", "TriageOut"]


class TriageIn(Model):
    """A customer's message."""

    knowledge_base: KnowledgeBaseName
    text: Annotated[FreeText, StringConstraints(min_length=1)] = Field(
        description="The message; the length limit is a setting of the server."
    )
    history: tuple[TurnIn, ...] = Field(
        default=(), max_length=MAX_TURNS, description="What was said before: facts told there are not asked for again."
    )
    language: LanguageTag | None = Field(default=None, description="Of the message; told by its words if left out.")
    tier: CustomerTier = Field(
        default=CustomerTier.STANDARD,
        description="How the customer is treated: `preferred` is one priority higher if anything else is urgent, "
        "`vip` in any case.",
    )

    model_config = ConfigDict(json_schema_extra={"examples": [TRIAGE_CALL]})

    def to_domain(self) -> TriageRequest:
        """Convert to the domain."""
        earlier = tuple(turn.text for turn in self.history if turn.role is Role.CUSTOMER)
        return TriageRequest(self.text, earlier, self.language or "", self.tier)


class FoundIntentOut(Model):
    """An intent of a message."""

    id: str
    probability: float = Field(ge=0, le=1)
    span: SpanOut = Field(description="The part of the text that says it.")


class EntityOut(Model):
    """Something that the message names."""

    kind: FactKind
    text: str = Field(description="As the customer wrote it; products by their full name.")
    normal: str = Field(description="In comparable form, such as an ISO 8601 date or `259 CNY`.")
    span: SpanOut


class MissingFactOut(Model):
    """A fact that an intent needs and nobody has told."""

    kind: FactKind
    question: str = Field(description="In the customer's language; in English where there is no wording for it.")


class TriageOut(Model):
    """Where a message belongs."""

    language: str
    intents: tuple[FoundIntentOut, ...] = Field(description='Likeliest first; empty means "none of these".')
    none_probability: float = Field(ge=0, le=1, description="How likely it is that it has none of the intents.")
    candidates: tuple[FoundIntentOut, ...] = Field(description="The likeliest intents, found or not, to choose from.")
    category: str = Field(description="Of the likeliest intent that has one.")
    queue: str = Field(description="Of the likeliest intent that has one; else told by the words.")
    priority: Priority
    reasons: tuple[PriorityReason, ...] = Field(description="What raised the priority.")
    entities: tuple[EntityOut, ...]
    missing: tuple[MissingFactOut, ...]
    mood: MoodOut

    model_config = ConfigDict(json_schema_extra={"examples": [TRIAGE]})
