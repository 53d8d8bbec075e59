"""What other systems are told of, and how that went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Delivery", "DeliveryError", "DeliveryState", "DisabledBecause", "Due", "Notice", "Webhook", "WebhookEvent"]


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


class DeliveryError(StrEnum):
    """Why an attempt failed; `forbidden`: nothing may be sent to that address, `status`: the receiver has refused."""

    NONE = ""
    STATUS = "status"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    FORBIDDEN = "forbidden"


class DisabledBecause(StrEnum):
    """Why a webhook is told of nothing; `undelivered`: messages in a row never arrived."""

    NONE = ""
    SWITCHED_OFF = "switched_off"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told of events; times are seconds since the epoch.

    `failures` counts the messages in a row that never arrived.
    """

    id: str
    url: str
    events: frozenset[WebhookEvent]
    created_at: float
    description: str = ""
    failures: int = 0
    disabled_because: DisabledBecause = DisabledBecause.NONE

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
    error: DeliveryError = DeliveryError.NONE


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is to be tried now, and where to; `delivery.attempts` counts this attempt."""

    delivery: Delivery
    url: str
    secret: str
