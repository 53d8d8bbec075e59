"""Keeping webhooks and what they are to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.domain.webhook import Delivery, Due, Notice, Webhook

__all__ = ["WebhookRepository"]


class WebhookRepository(Protocol):
    """Webhooks and their deliveries; NotFound is raised for an unknown webhook."""

    def add(self, webhook: Webhook, secret: str) -> None:
        """Keep a new webhook with the secret that its messages are signed with."""
        ...

    def webhook(self, webhook_id: str) -> Webhook:
        """Return one."""
        ...

    def webhooks(self) -> tuple[Webhook, ...]:
        """Return all, the oldest first."""
        ...

    def change(self, webhook: Webhook) -> None:
        """Keep what is said of a webhook now; its secret stays."""
        ...

    def set_secret(self, webhook_id: str, secret: str) -> None:
        """Sign the messages of a webhook with another secret from now on."""
        ...

    def delete(self, webhook_id: str) -> None:
        """Remove a webhook with its deliveries."""
        ...

    def announce(self, notice: Notice, *, only: str = "") -> int:
        """Queue a notice for each enabled webhook of its event that was there when it happened, once.

        With `only`, for the webhook of that id alone. Returns the number of messages that are new.
        """
        ...

    def claim(self, now: float, *, lease_s: float, limit: int = 100) -> tuple[Due, ...]:
        """Return what is to be tried now, the oldest first, and put it off by the lease: nobody else gets it."""
        ...

    def settle(self, delivery: Delivery, *, disable_after: int) -> None:
        """Keep what became of an attempt; so many messages in a row that never arrived disable the webhook."""
        ...

    def deliveries(self, webhook_id: str, *, limit: int = 100) -> tuple[Delivery, ...]:
        """Return the newest deliveries of a webhook, the newest first."""
        ...

    def forget(self, before: float) -> None:
        """Remove deliveries that were made before that time and are not pending."""
        ...
