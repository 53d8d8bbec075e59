"""Examples of what chat and ticket systems send; a test validates each against its model."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

from api.schemas.examples import ANSWER, QUOTE

__all__ = ["CHATWOOT", "CHATWOOT_CALL", "TICKET", "TICKET_CALL"]

CHATWOOT_CALL: Final[dict[str, JsonValue]] = {
    "event": "message_created",
    "message_type": "incoming",
    "private": False,
    "content": "How long may I return unused goods?",
    "account": {"id": 1},
    "conversation": {"id": 42, "status": "pending"},
}
CHATWOOT: Final[dict[str, JsonValue]] = {
    "calls": [
        {
            "method": "POST",
            "path": "/api/v1/accounts/1/conversations/42/messages",
            "body": {"content": QUOTE, "message_type": "outgoing", "private": False},
        }
    ],
    "ignored": "",
    "answer": ANSWER,
}
TICKET_CALL: Final[dict[str, JsonValue]] = {
    "knowledge_base": "support",
    "ticket_id": "T-4711",
    "subject": "Return",
    "messages": [{"author": "customer", "text": "How long may I return unused goods?"}],
}
TICKET: Final[dict[str, JsonValue]] = {
    "ticket_id": "T-4711",
    "action": "reply",
    "reply": QUOTE,
    "status": "pending",
    "queue": None,
    "priority": None,
    "note": None,
    "answer": ANSWER,
}
