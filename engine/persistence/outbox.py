"""Messages to webhooks, queued in the transaction of what they tell of: one is never kept without the other."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from engine.domain.webhook import DeliveryState, Notice
from engine.persistence.service_tables import webhook_deliveries, webhooks

__all__ = ["announce"]


def announce(connection: Connection, notice: Notice, *, only: str = "") -> int:
    """Queue a notice for each enabled webhook of its event that was there when it happened, once; return how many.

    What happened in the second in which a webhook was made is told to it: some clocks tell whole seconds, as that of
    the jobs does over SQLite before 3.42. The payload has the form of Standard Webhooks: `type`, `timestamp`, `data`.
    """
    wanted = select(webhooks).where(webhooks.c.created_at < int(notice.at) + 1, webhooks.c.disabled_because == "")
    message = _message_id(notice)
    known = select(webhook_deliveries.c.webhook_id).where(webhook_deliveries.c.id == message)
    rows = [
        {
            "id": message,
            "webhook_id": hook.id,
            "event": notice.event.value,
            "payload": _payload(notice),
            "created_at": notice.at,
            "state": DeliveryState.PENDING.value,
            "attempts": 0,
            "next_at": notice.at,
            "error": "",
        }
        for hook in connection.execute(wanted.where(webhooks.c.id.not_in(known))).all()
        if hook.id == only or (not only and notice.event in hook.events)
    ]
    if rows:
        connection.execute(insert(webhook_deliveries), rows)
    return len(rows)


def _message_id(notice: Notice) -> str:
    digest = hashlib.blake2b(f"{notice.event}\0{notice.subject}".encode("utf-8", "backslashreplace"), digest_size=16)
    return f"msg_{digest.hexdigest()}"


def _payload(notice: Notice) -> str:
    at = datetime.fromtimestamp(notice.at, UTC).isoformat(timespec="seconds")
    content = {"type": notice.event.value, "timestamp": at, "data": dict(notice.data)}
    return json.dumps(content, separators=(",", ":"))
