"""Turns of conversations that chat and ticket systems report."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Final

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.types import JsonValue

from api.schemas.base import FreeText, Identifier, KnowledgeBaseName, LanguageTag, Model, Moment
from engine.checks import MAX_CHARS
from engine.domain.conversation import Role, Saying, Turn

__all__ = ["TurnsIn", "TurnsOut"]

MOST: Final = 100
TOLD: Final[dict[str, JsonValue]] = {
    "knowledge_base": "support",
    "customer_id": "c-1042",
    "turns": [
        {
            "id": "msg-771",
            "role": "agent",
            "text": "I am sorry. We will refund you within 5 working days.",
            "agent": "a-17",
            "team": "returns",
            "at": "2026-11-20T16:04:00Z",
        }
    ],
}


class Speaker(StrEnum):
    """Who speaks in a turn that another system reports; the assistant's own are kept when they are given."""

    CUSTOMER = Role.CUSTOMER.value
    AGENT = Role.AGENT.value


class TurnIn(Model):
    """Something that was said."""

    id: Identifier = Field(description="Of the message in the system that reports it: it is kept once.")
    role: Speaker = Field(default=Speaker.AGENT, description="Who said it.")
    text: Annotated[FreeText, StringConstraints(min_length=1, max_length=MAX_CHARS)] = Field(
        description="As it was sent."
    )
    agent: Annotated[FreeText, StringConstraints(max_length=200)] = Field(
        default="", description="Id of the agent, by which figures are grouped."
    )
    team: Annotated[FreeText, StringConstraints(max_length=200)] = Field(default="", description="The agent's team.")
    at: Moment | None = Field(default=None, description="When it was said; now by default. Promises count from then.")
    language: LanguageTag | None = Field(default=None, description="Of the text; overrides detection.")


class TurnsIn(Model):
    """What was said in a conversation, in order."""

    knowledge_base: KnowledgeBaseName
    turns: tuple[TurnIn, ...] = Field(min_length=1, max_length=MOST, description="The oldest first.")
    customer_id: Identifier | None = Field(default=None, description="Whose conversation it is.")

    model_config = ConfigDict(json_schema_extra={"examples": [TOLD]})

    def to_domain(self) -> tuple[Turn, ...]:
        """Convert to the domain."""
        now = datetime.now(UTC)
        return tuple(
            Turn(
                Role(each.role.value),
                each.text,
                saying=Saying(each.id, self.knowledge_base, each.at or now, each.agent, each.team, each.language or ""),
            )
            for each in self.turns
        )


class TurnsOut(Model):
    """What is kept of the conversation."""

    conversation_id: str
    turns: int = Field(description="All turns of the conversation.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"conversation_id": "ticket-88", "turns": 5}]})
