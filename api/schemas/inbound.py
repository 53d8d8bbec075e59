"""What chat and ticket systems send, and what they get to do."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.answers import MAX_TURN_CHARS, MAX_TURNS, AnswerOut
from api.schemas.base import Flag, FreeText, Identifier, KnowledgeBaseName, LanguageTag, Lenient, Model, Whole
from api.schemas.inbound_examples import CHATWOOT, CHATWOOT_CALL, TICKET, TICKET_CALL
from engine.domain.channel import Channel
from engine.domain.conversation import Role
from engine.domain.handoff import Priority, Queue

__all__ = [
    "ChatwootCallOut",
    "ChatwootIn",
    "ChatwootOut",
    "MessageBodyOut",
    "StatusBodyOut",
    "TicketAction",
    "TicketIn",
    "TicketMessageIn",
    "TicketOut",
]

Text = Annotated[FreeText, StringConstraints(max_length=MAX_TURN_CHARS)]


class ChatwootAccountIn(Lenient):
    """The account that a conversation belongs to."""

    id: Whole = Field(ge=0, description="Its number.")


class ChatwootConversationIn(Lenient):
    """The conversation that a message belongs to."""

    id: Whole = Field(ge=0, description="Its number within the account.")
    status: str = Field(default="", description="`pending` while it is the bot's.")


class ChatwootIn(Lenient):
    """An event as Chatwoot sends it to an agent bot; what is not named here is left unread."""

    event: str = Field(description="Only `message_created` is answered.")
    message_type: str | int | None = Field(default=None, description="Only `incoming` messages are answered.")
    private: Flag | None = Field(default=None, description="Notes among agents are not answered.")
    content: Text | None = Field(default=None, description="What the customer wrote; null beside an attachment.")
    account: ChatwootAccountIn = Field(description="Whose it is.")
    conversation: ChatwootConversationIn = Field(description="Where it was written.")

    model_config = ConfigDict(json_schema_extra={"examples": [CHATWOOT_CALL]})


class MessageBodyOut(Model):
    """A message to the customer."""

    content: str
    message_type: Literal["outgoing"] = "outgoing"
    private: Literal[False] = False


class StatusBodyOut(Model):
    """A conversation that people take over."""

    status: Literal["open"] = "open"


class ChatwootCallOut(Model):
    """A call of Chatwoot's API, with the bot's access token as `api_access_token`."""

    method: Literal["POST"] = "POST"
    path: str = Field(description="Under the address of your Chatwoot.")
    body: MessageBodyOut | StatusBodyOut


class ChatwootOut(Model):
    """What to do in Chatwoot, in this order."""

    calls: tuple[ChatwootCallOut, ...] = Field(description="None where there is nothing to do.")
    ignored: str = Field(default="", description="Why there is nothing to do.")
    answer: AnswerOut | None = Field(default=None, description="What `/v1/answer` returns, if it was asked.")

    model_config = ConfigDict(json_schema_extra={"examples": [CHATWOOT]})


class TicketMessageIn(Model):
    """One message of a ticket."""

    author: Role = Field(description="Who wrote it: `assistant` is this service.")
    text: Text = Field(description="What was written.")
    internal: Flag = Field(default=False, description="A note among agents; it is not used.")


class TicketIn(Model):
    """A ticket in which the customer has written last."""

    knowledge_base: KnowledgeBaseName
    ticket_id: Identifier = Field(description="As your system names it; it comes back.")
    subject: Annotated[Text, StringConstraints(max_length=1000)] = Field(default="", description="Of the ticket.")
    messages: tuple[TicketMessageIn, ...] = Field(min_length=1, max_length=MAX_TURNS, description="The oldest first.")
    language: LanguageTag | None = Field(default=None, description="Overrides language detection.")
    channel: Channel = Field(default=Channel.EMAIL, description="Where the answer is read; bounds its length.")

    model_config = ConfigDict(json_schema_extra={"examples": [TICKET_CALL]})


class TicketAction(StrEnum):
    """What to do with a ticket."""

    REPLY = "reply"
    ASK = "ask"
    HAND_OVER = "hand_over"


class TicketOut(Model):
    """What to do with the ticket."""

    ticket_id: str
    action: TicketAction = Field(
        description="`reply`: send it, the question is answered; `ask`: send it, it asks back; `hand_over`: give the "
        "ticket to people, after sending the reply if there is one."
    )
    reply: str | None = Field(description="To the customer.")
    status: Literal["open", "pending"] = Field(description="`open`: a person's turn; `pending`: the customer's.")
    queue: Queue | None = Field(description="Whose turn it is, where people are needed.")
    priority: Priority | None = Field(description="How soon.")
    note: str | None = Field(description="For the people who take over, not for the customer.")
    answer: AnswerOut = Field(description="What `/v1/answer` returns, with the evidence.")

    model_config = ConfigDict(json_schema_extra={"examples": [TICKET]})
