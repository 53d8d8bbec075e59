"""`/v1/inbound`: webhooks of chat and ticket systems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from pydantic import SecretStr
from starlette.exceptions import HTTPException

from api.inbound import chatwoot, tickets
from api.inbound.signatures import signed_by_chatwoot, signed_by_standard
from api.openapi import problems
from api.schemas.base import KnowledgeBaseName
from api.schemas.inbound import ChatwootIn, ChatwootOut, TicketIn, TicketOut
from api.state import EngineOf, SettingsOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/inbound", tags=["inbound"])
UNSIGNED: Final = "The signature of the request is missing, wrong or too old."
Check = Callable[[str, Mapping[str, str], bytes], bool]


async def _from_chatwoot(request: Request, settings: SettingsOf) -> None:
    await _verified(request, settings.inbound_chatwoot_secret, signed_by_chatwoot)


async def _from_tickets(request: Request, settings: SettingsOf) -> None:
    await _verified(request, settings.inbound_ticket_secret, signed_by_standard)


async def _verified(request: Request, secret: SecretStr, is_signed: Check) -> None:
    known = secret.get_secret_value()
    if known and not is_signed(known, request.headers, await request.body()):
        raise HTTPException(401, UNSIGNED)


@router.post("/chatwoot", responses=problems(401, 404, 409, 413), dependencies=[Depends(_from_chatwoot)])
def receive_chatwoot_event(
    body: ChatwootIn,
    engine: EngineOf,
    knowledge_base: Annotated[KnowledgeBaseName, Query(description="Knowledge base that answers.")],
) -> ChatwootOut:
    """Answer a message from Chatwoot's agent bot webhook: the calls of Chatwoot's API that reply.

    Conversations that are `pending` are the bot's. A hand-over opens the conversation, and so does a message without
    words; from then on events are ignored. With the setting `inbound_chatwoot_secret`, the secret that Chatwoot shows
    for the bot (4.13 or newer), only events that it signed are taken.
    """
    engine.parts.knowledge.knowledge_base(knowledge_base)
    if why := chatwoot.ignored(body):
        return ChatwootOut(calls=(), ignored=why)
    if not (body.content or "").strip():
        return chatwoot.to_people(body)
    return chatwoot.reply_of(body, engine.answer(knowledge_base, chatwoot.question_of(body)))


@router.post("/tickets", responses=problems(401, 404, 409, 413), dependencies=[Depends(_from_tickets)])
def receive_ticket(body: TicketIn, engine: EngineOf) -> TicketOut:
    """Answer the latest message of a ticket: a reply to send, or a note for the people who take over.

    What is not known is not replied to: the ticket is handed over. With the setting `inbound_ticket_secret`
    (`whsec_…`) only requests are taken that are signed as Standard Webhooks prescribes.
    """
    asked = tickets.question_of(body, limit=engine.options.max_question_chars)
    return tickets.reply_of(body, engine.answer(body.knowledge_base, asked))
