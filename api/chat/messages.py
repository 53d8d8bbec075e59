"""Chat messages as a question with its history, and the knowledge base that a model's name means."""

from __future__ import annotations

from typing import Final

from api.schemas.answers import MAX_TURN_CHARS, MAX_TURNS, AnswerOptionsIn
from api.schemas.chat import ChatCompletionIn
from engine.answering.acting import told_action
from engine.answering.request import AnswerRequest
from engine.domain.conversation import Role, Turn
from engine.errors import InvalidInput

__all__ = ["PREFIX", "knowledge_base_of", "request_of"]

PREFIX: Final = "knowdesk/"
SPEAKERS: Final = {"user": Role.CUSTOMER, "assistant": Role.ASSISTANT}


def knowledge_base_of(model: str) -> str:
    """Return the name of the knowledge base that a model's name means; a name has no slash of its own."""
    return model.removeprefix(PREFIX)


def request_of(body: ChatCompletionIn) -> AnswerRequest:
    """Return the last message as the question after those before it; InvalidInput if it is not the customer's.

    Instructions (`system`, `developer`) and the results of tools are left out. What the assistant did in an earlier
    turn, such as asking back, is told by its words.
    """
    *before, last = body.messages
    if last.role != "user":
        raise InvalidInput(
            f"The last message is of role {last.role}.", remedy="End with the customer's message, of role user."
        )
    turns = [_turn(SPEAKERS[message.role], message.text) for message in before if message.role in SPEAKERS]
    history = tuple(turn for turn in turns if turn.text.strip())[-MAX_TURNS:]
    return (body.knowdesk or AnswerOptionsIn()).asking(last.text, history)


def _turn(role: Role, text: str) -> Turn:
    return Turn(role, text[:MAX_TURN_CHARS], told_action(text) if role is Role.ASSISTANT else None)
