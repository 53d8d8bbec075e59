"""What other systems are told of, and how that went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Delivery", "DeliveryState", "Due", "Notice", "Webhook", "WebhookEvent"]


class WebhookEvent(StrEnum):
    """What happened."""

    JOB_DONE = "job.done"
    JOB_FAILED = "job.failed"
    HANDED_OVER = "conversation.handed_over"
    GAP_FOUND = "gap.found"
    TEST = "webhook.test"


class DeliveryState(StrEnum):
    """What became of a message to one webhook."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told of events; times are seconds since the epoch.

    `failures` counts the messages in a row that never arrived. `disabled_because` is why it is told of nothing, empty
    if it is.
    """

    id: str
    url: str
    events: frozenset[WebhookEvent]
    created_at: float
    description: str = ""
    failures: int = 0
    disabled_because: str = ""

    @property
    def enabled(self) -> bool:
        """Whether messages are sent to it."""
        return not self.disabled_because


@dataclass(frozen=True, slots=True)
class Notice:
    """An event that happened at `at`; `subject` names what it happened to, so that it is announced once.

    `data` holds ids and figures, never what somebody wrote.
    """

    event: WebhookEvent
    subject: str
    at: float
    data: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one webhook: `id` is the message's, the same for all webhooks and attempts.

    `next_at` is when it is tried next; `status` and `error` are of the last attempt.
    """

    id: str
    webhook_id: str
    event: WebhookEvent
    payload: str
    created_at: float
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    next_at: float | None = None
    status: int | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is to be tried now, and where to; `delivery.attempts` counts this attempt."""

    delivery: Delivery
    url: str
    secret: str
