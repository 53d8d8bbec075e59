"""`/v1/conversations`: to go on with one, and what was said in one elsewhere."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.openapi import problems
from api.schemas.base import Identifier
from api.schemas.conversations import ConversationOut
from api.schemas.turns import TurnsIn, TurnsOut
from api.state import EngineOf
from engine.missing import no_conversation

__all__ = ["router"]

router = APIRouter(prefix="/v1/conversations")


@router.get("/{id}", tags=["answers"], responses=problems(404))
def show_conversation(
    id: Annotated[Identifier, Path(description="Id of a conversation, as it came with an answer.")], engine: EngineOf
) -> ConversationOut:
    """Show what was said in a conversation, to go on with it; with a public key, in one that was begun with one."""
    stored = engine.parts.conversations
    turns = stored.history(id)
    if not turns:
        raise no_conversation(id)
    return ConversationOut.shown(id, turns, stored.exchanges(id))


@router.post("/{id}/turns", tags=["insights"], responses=problems(404, 409, 413))
def add_turns(
    id: Annotated[Identifier, Path(description="Id of the conversation, as with questions.")],
    body: TurnsIn,
    engine: EngineOf,
) -> TurnsOut:
    """Tell what an agent or a customer said in the chat or ticket system; a turn that is sent again is kept once.

    Agents' turns are checked with the next run, promises in them are tracked, and while an agent speaks the bot is
    silent. They are masked, encrypted, exported and erased like all turns.
    """
    engine.parts.knowledge.knowledge_base(body.knowledge_base)
    engine.parts.conversations.append(id, body.to_domain(), customer=body.customer_id or "")
    return TurnsOut(conversation_id=id, turns=len(engine.parts.conversations.history(id)))
