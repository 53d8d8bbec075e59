"""Examples of webhooks; a test validates each against its model."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

__all__ = ["DELIVERY", "SECRET", "WEBHOOK", "WEBHOOK_CALL"]

SECRET: Final = "whsec_" + "A" * 43 + "="
WEBHOOK_CALL: Final[dict[str, JsonValue]] = {
    "url": "https://desk.example/hooks/knowdesk",
    "events": ["conversation.handed_over", "job.failed"],
    "description": "Opens a ticket.",
}
WEBHOOK: Final[dict[str, JsonValue]] = {
    **WEBHOOK_CALL,
    "id": "wh_5d2c8b7e",
    "enabled": True,
    "disabled_because": "",
    "failures": 0,
    "created_at": "2026-01-01T09:30:00Z",
}
DELIVERY: Final[dict[str, JsonValue]] = {
    "id": "msg_8a0f7c3e5b1d4a69",
    "event": "conversation.handed_over",
    "state": "pending",
    "attempts": 1,
    "status": 503,
    "error": "status",
    "created_at": "2026-01-01T09:30:00Z",
    "next_at": "2026-01-01T09:30:05Z",
}
