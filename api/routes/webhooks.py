"""`/v1/webhooks`."""

from __future__ import annotations

import base64
import secrets
import time
from contextlib import suppress
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.openapi import problems
from api.schemas.base import Identifier
from api.schemas.webhooks import (
    DeliveriesOut,
    DeliveryOut,
    WebhookChangeIn,
    WebhookIn,
    WebhookOut,
    WebhooksOut,
    WebhookWithSecretOut,
)
from api.state import SettingsOf, WebhooksOf
from api.webhooks.sending import sender_of
from engine.domain.webhook import DisabledBecause, Notice, Webhook, WebhookEvent
from engine.errors import NotFound
from engine.serving import new_id

__all__ = ["router"]

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])
WebhookId = Annotated[Identifier, Path(description="Id of a webhook.")]
SECRET_BYTES = 32


@router.get("", responses=problems())
def list_webhooks(webhooks: WebhooksOf) -> WebhooksOut:
    """List all webhooks."""
    return WebhooksOut(items=tuple(map(WebhookOut.of, webhooks.webhooks())))


@router.post("", status_code=201, responses=problems(413))
def create_webhook(body: WebhookIn, webhooks: WebhooksOf, settings: SettingsOf) -> WebhookWithSecretOut:
    """Register an address that is told of events.

    Messages have the form and the signature of Standard Webhooks: `webhook-id`, `webhook-timestamp`,
    `webhook-signature`, and a body with `type`, `timestamp` and `data`, which holds ids and figures but nothing that
    somebody wrote. A message is tried up to nine times over some 17 hours until a status 2xx comes back within ten
    seconds; it may arrive twice, then with the same id. Three messages in a row that never arrive, or a status 410,
    disable the webhook.
    """
    url = sender_of(settings).checked(body.url)
    webhook = Webhook(f"wh_{new_id('webhook')}", url, body.events, time.time(), body.description)
    secret = _new_secret()
    with suppress(NotFound):
        webhooks.delete(webhook.id)  # this very request made it, and its secret was never told
    webhooks.add(webhook, secret)
    return WebhookWithSecretOut(**WebhookOut.of(webhook).model_dump(), secret=secret)


@router.get("/{id}", responses=problems(404))
def show_webhook(id: WebhookId, webhooks: WebhooksOf) -> WebhookOut:
    """Show a webhook, without its secret."""
    return WebhookOut.of(webhooks.webhook(id))


@router.patch("/{id}", responses=problems(404, 413))
def edit_webhook(id: WebhookId, body: WebhookChangeIn, webhooks: WebhooksOf, settings: SettingsOf) -> WebhookOut:
    """Change a webhook, switch it off, or on again: what waited for it is then sent."""
    webhook = webhooks.webhook(id)
    if body.url is not None:
        webhook = replace(webhook, url=sender_of(settings).checked(body.url))
    if body.events is not None:
        webhook = replace(webhook, events=body.events)
    if body.description is not None:
        webhook = replace(webhook, description=body.description)
    if body.enabled is not None:
        why = DisabledBecause.NONE if body.enabled else DisabledBecause.SWITCHED_OFF
        webhook = replace(webhook, failures=0, disabled_because=why)
    webhooks.change(webhook)
    return WebhookOut.of(webhook)


@router.delete("/{id}", status_code=204, responses=problems(404))
def delete_webhook(id: WebhookId, webhooks: WebhooksOf) -> None:
    """Delete a webhook with its deliveries."""
    webhooks.delete(id)


@router.post("/{id}/secret", responses=problems(404))
def renew_webhook_secret(id: WebhookId, webhooks: WebhooksOf) -> WebhookWithSecretOut:
    """Give a webhook a new secret: from now on messages are signed with it, those that are tried again too."""
    secret = _new_secret()
    webhooks.set_secret(id, secret)
    return WebhookWithSecretOut(**WebhookOut.of(webhooks.webhook(id)).model_dump(), secret=secret)


@router.post("/{id}/test", status_code=202, responses=problems(404))
def test_webhook(id: WebhookId, webhooks: WebhooksOf) -> WebhookOut:
    """Send a webhook the event `webhook.test`, whatever its events are; see its deliveries."""
    webhook = webhooks.webhook(id)
    webhooks.announce(
        Notice(WebhookEvent.TEST, secrets.token_hex(8), time.time(), {"webhook_id": webhook.id}), only=webhook.id
    )
    return WebhookOut.of(webhook)


@router.get("/{id}/deliveries", responses=problems(404))
def list_webhook_deliveries(
    id: WebhookId,
    webhooks: WebhooksOf,
    limit: Annotated[int, Query(ge=1, le=1000, description="At most this many.")] = 100,
) -> DeliveriesOut:
    """List the newest messages to a webhook and what became of them."""
    return DeliveriesOut(items=tuple(map(DeliveryOut.of, webhooks.deliveries(id, limit=limit))))


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
