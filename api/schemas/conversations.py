"""Stored conversations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import ConfigDict, Field
from pydantic.types import JsonValue

from api.schemas.base import Model
from api.schemas.examples import DOCUMENT
from api.schemas.feedback import CitedPlaceOut
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.exchange import Exchange

__all__ = ["ConversationOut", "SaidTurnOut"]

CONVERSATION: Final[dict[str, JsonValue]] = {
    "id": "90146d3c-5854-463a-8567-78f626ed4d8a",
    "turns": [
        {"role": "customer", "text": "How long may I return goods?", "action": None, "answer_id": "", "citations": []},
        {
            "role": "assistant",
            "text": "You may return unused goods within 30 days of delivery.",
            "action": None,
            "answer_id": "5e0b0f6b-3f0f-4be5-9d0c-2f7d53a1c8e4",
            "citations": [
                {
                    "document_id": DOCUMENT["id"],
                    "version": 1,
                    "uri": "policies/returns.md",
                    "quote": "You may return unused goods within 30 days of delivery.",
                }
            ],
        },
    ],
}


class SaidTurnOut(Model):
    """One utterance; of an answer with its id and what it cites."""

    role: Role
    text: str
    action: TurnAction | None = Field(description="What the assistant did in its turn other than answer.")
    answer_id: str = Field(description="Names this answer in feedback; empty for what is none.")
    citations: tuple[CitedPlaceOut, ...]


class ConversationOut(Model):
    """A conversation as it is stored, from its first turn on."""

    id: str
    turns: tuple[SaidTurnOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [CONVERSATION]})

    @classmethod
    def shown(cls, id: str, turns: Sequence[Turn], exchanges: Sequence[Exchange]) -> ConversationOut:
        """Show turns, each answer with its exchange, whose customer's turn stands before it."""
        answers = {each.position: each for each in exchanges}
        return cls(id=id, turns=tuple(_shown(turn, answers.get(place)) for place, turn in enumerate(turns)))


def _shown(turn: Turn, answer: Exchange | None) -> SaidTurnOut:
    """Show a turn; `answer` is the exchange whose customer's turn came before, which counts from 1."""
    about = answer if turn.role is Role.ASSISTANT else None
    return SaidTurnOut(
        role=turn.role,
        text=turn.text,
        action=turn.action,
        answer_id=about.answer_id if about else "",
        citations=tuple(map(CitedPlaceOut.of, about.citations)) if about else (),
    )
