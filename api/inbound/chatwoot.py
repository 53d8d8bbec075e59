"""Chatwoot's agent bot: its webhook as a question, an answer as what to send to its API."""

from __future__ import annotations

from typing import Final

from api.schemas.answers import AnswerOut
from api.schemas.inbound import ChatwootCallOut, ChatwootIn, ChatwootOut, MessageBodyOut, StatusBodyOut
from engine.answering.acting import told
from engine.answering.request import AnswerRequest
from engine.domain.answer import Answer

__all__ = ["ignored", "question_of", "reply_of", "to_people"]

BOT: Final = "pending"  # status of conversations that are the bot's


def ignored(event: ChatwootIn) -> str:
    """Return why there is nothing to do for an event; empty if there is."""
    if event.event != "message_created":
        return "not a new message"
    if event.message_type not in ("incoming", 0) or event.private:
        return "not the customer's message"
    return "" if event.conversation.status == BOT else "a person is in charge"


def question_of(event: ChatwootIn) -> AnswerRequest:
    """Return the message as a question; the conversation is remembered under Chatwoot's numbers."""
    conversation = f"chatwoot:{event.account.id}:{event.conversation.id}"
    return AnswerRequest(event.content or "", conversation_id=conversation)


def reply_of(event: ChatwootIn, answer: Answer) -> ChatwootOut:
    """Return the calls that tell the customer, and open the conversation for people where one takes over."""
    text, _ = told(answer)
    calls = (_call(event, "messages", MessageBodyOut(content=text)),) if text else ()
    if answer.handoff and answer.handoff.confirmed:
        calls = (*calls, *_opening(event))
    return ChatwootOut(calls=calls, answer=AnswerOut.of(answer))


def to_people(event: ChatwootIn) -> ChatwootOut:
    """Return what gives a message to people that has no words, such as a photograph."""
    return ChatwootOut(calls=_opening(event))


def _opening(event: ChatwootIn) -> tuple[ChatwootCallOut, ...]:
    return (_call(event, "toggle_status", StatusBodyOut()),)


def _call(event: ChatwootIn, what: str, body: MessageBodyOut | StatusBodyOut) -> ChatwootCallOut:
    path = f"/api/v1/accounts/{event.account.id}/conversations/{event.conversation.id}/{what}"
    return ChatwootCallOut(path=path, body=body)
