"""What an answer calls for beside its text."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.base import Model
from api.schemas.examples import CLARIFY, HANDOFF
from engine.domain.handoff import FactKind, HandoffReason, Polarity, Priority, Queue

__all__ = ["ClarifyOut", "FactOut", "HandoffOut", "SentimentOut"]


class ClarifyOut(Model):
    """A question back: the knowledge splits on something that the customer did not say.

    Send the customer's reply as the next question of the conversation, in their own words, or with the option or its
    number.
    """

    question: str = Field(description="In the customer's language.")
    options: tuple[str, ...] = Field(description="From the knowledge itself, two to eight.")

    model_config = ConfigDict(json_schema_extra={"examples": [CLARIFY]})


class FactOut(Model):
    """A fact that the customer has told, so that nobody asks for it again."""

    kind: FactKind
    text: str = Field(description="As the customer wrote it.")
    normal: str = Field(description="In comparable form, such as an ISO 8601 date or `259 CNY`.")


class SentimentOut(Model):
    """How the customer feels."""

    polarity: Polarity
    level: int = Field(ge=1, le=5, description="1 very upset, 3 neutral, 5 delighted.")


class HandoffOut(Model):
    """That a person is needed, with everything that they need to go on."""

    reason: HandoffReason = Field(
        description="`requested`: the customer asked for a person; `no_knowledge`: nothing to answer from; `emotion`: "
        "the customer is very upset; `repeated_failure`: the answers so far did not help; `policy`: danger, injury, "
        "lawyers or authorities."
    )
    queue: Queue = Field(description="Which colleagues it is for.")
    priority: Priority
    summary: str = Field(description="What it is about, in the customer's own words.")
    facts: tuple[FactOut, ...]
    sentiment: SentimentOut
    message: str = Field(description="What to tell the customer; empty while a person is already in charge.")
    confirmed: bool = Field(
        description="Whether to hand over now. If false, the customer has been offered a person and has not said yes."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [HANDOFF]})
