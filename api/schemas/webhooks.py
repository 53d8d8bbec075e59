"""Webhooks and their deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from api.schemas.base import REPEATABLE, Flag, FreeText, Model
from api.schemas.webhook_examples import DELIVERY, SECRET, WEBHOOK, WEBHOOK_CALL
from engine.domain.webhook import DeliveryError, DeliveryState, DisabledBecause, WebhookEvent

__all__ = [
    "DeliveriesOut",
    "DeliveryOut",
    "WebhookChangeIn",
    "WebhookIn",
    "WebhookOut",
    "WebhookWithSecretOut",
    "WebhooksOut",
]

Address = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000),
    Field(description="https address that takes the messages; private ones as a setting of the server allows."),
]
Events = Annotated[
    frozenset[WebhookEvent],
    Field(
        min_length=1,
        description="`job.done` (failures of single files included), `job.failed` (as a whole), "
        "`conversation.handed_over`, `gap.found` (knowledge is lacking); `webhook.test` is sent on request.",
    ),
    REPEATABLE,
]
Description = Annotated[FreeText, StringConstraints(max_length=500), Field(description="For people.")]


class WebhookIn(Model):
    """An address to tell of events."""

    url: Address
    events: Events
    description: Description = ""

    model_config = ConfigDict(json_schema_extra={"examples": [WEBHOOK_CALL]})


class WebhookChangeIn(Model):
    """What to change of a webhook; what is left out stays."""

    url: Address | None = Field(default=None, description="Another address.")
    events: Events | None = Field(default=None, description="Other events.")
    description: Description | None = Field(default=None, description="For people.")
    enabled: Flag | None = Field(default=None, description="false: nothing is sent; true: sending goes on.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"enabled": True}]})


class WebhookOut(Model):
    """An address that is told of events."""

    id: str
    url: str
    events: Annotated[tuple[WebhookEvent, ...], BeforeValidator(sorted)]
    description: str
    enabled: bool
    disabled_because: DisabledBecause = Field(description="Empty while it is enabled.")
    failures: int = Field(ge=0, description="Messages in a row that never arrived.")
    created_at: datetime

    model_config = ConfigDict(json_schema_extra={"examples": [WEBHOOK]})


class WebhookWithSecretOut(WebhookOut):
    """A new webhook, or one with a new secret."""

    secret: str = Field(description="Messages are signed with it. It is shown this once.")

    model_config = ConfigDict(json_schema_extra={"examples": [{**WEBHOOK, "secret": SECRET}]})


class WebhooksOut(Model):
    """All webhooks, the oldest first."""

    items: tuple[WebhookOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [WEBHOOK]}]})


class DeliveryOut(Model):
    """What became of a message."""

    id: str = Field(description="Of the message (`webhook-id`): the same for each attempt.")
    event: WebhookEvent
    state: DeliveryState
    attempts: int = Field(ge=0)
    status: int | None = Field(description="HTTP status of the last attempt; null if there was no answer.")
    error: DeliveryError = Field(description="Why the last attempt failed; empty if it did not.")
    created_at: datetime
    next_at: datetime | None = Field(description="When it is tried next.")

    model_config = ConfigDict(json_schema_extra={"examples": [DELIVERY]})


class DeliveriesOut(Model):
    """The newest messages to a webhook, the newest first; ended ones are kept for 30 days."""

    items: tuple[DeliveryOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [DELIVERY]}]})
