"""The WebhookRepository port in an SQL database."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine, Row, Update, delete, insert, select, update

from engine.domain.webhook import (
    Delivery,
    DeliveryError,
    DeliveryState,
    DisabledBecause,
    Due,
    Notice,
    Webhook,
    WebhookEvent,
)
from engine.errors import NotFound
from engine.persistence.outbox import announce
from engine.persistence.service_tables import webhook_deliveries as sent
from engine.persistence.service_tables import webhooks as hooks
from engine.persistence.transactions import reading, writing

__all__ = ["SqlWebhookRepository"]


class SqlWebhookRepository:
    """Webhooks and their deliveries; safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, webhook: Webhook, secret: str) -> None:
        """Keep a new webhook with the secret that its messages are signed with."""
        with writing(self._engine) as connection:
            connection.execute(insert(hooks).values(id=webhook.id, secret=secret, **_values(webhook)))

    def webhook(self, webhook_id: str) -> Webhook:
        """Return one."""
        with reading(self._engine) as connection:
            row = connection.execute(select(hooks).where(hooks.c.id == webhook_id)).one_or_none()
        if row is None:
            raise _unknown(webhook_id)
        return _webhook(row)

    def webhooks(self) -> tuple[Webhook, ...]:
        """Return all, the oldest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(hooks).order_by(hooks.c.created_at, hooks.c.id)).all()
        return tuple(map(_webhook, rows))

    def change(self, webhook: Webhook) -> None:
        """Keep what is said of a webhook now; its secret stays."""
        with writing(self._engine) as connection:
            changed = update(hooks).where(hooks.c.id == webhook.id).values(_values(webhook))
            if not connection.execute(changed).rowcount:
                raise _unknown(webhook.id)

    def set_secret(self, webhook_id: str, secret: str) -> None:
        """Sign the messages of a webhook with another secret from now on."""
        with writing(self._engine) as connection:
            if not connection.execute(update(hooks).where(hooks.c.id == webhook_id).values(secret=secret)).rowcount:
                raise _unknown(webhook_id)

    def delete(self, webhook_id: str) -> None:
        """Remove a webhook with its deliveries."""
        with writing(self._engine) as connection:
            if not connection.execute(delete(hooks).where(hooks.c.id == webhook_id)).rowcount:
                raise _unknown(webhook_id)

    def announce(self, notice: Notice, *, only: str = "") -> int:
        """Queue a notice for each enabled webhook of its event that was there when it happened, once."""
        with writing(self._engine) as connection:
            return announce(connection, notice, only=only)

    def claim(self, now: float, *, lease_s: float, limit: int = 100) -> tuple[Due, ...]:
        """Return what is to be tried now, the oldest first, and put it off by the lease: nobody else gets it."""
        due = select(sent, hooks.c.url, hooks.c.secret).join(hooks, hooks.c.id == sent.c.webhook_id)
        due = due.where(sent.c.state == DeliveryState.PENDING.value, sent.c.next_at <= now)
        due = due.where(hooks.c.disabled_because == "").order_by(sent.c.created_at, sent.c.id).limit(limit)
        with reading(self._engine) as connection:
            if connection.execute(due.limit(1)).first() is None:
                return ()
        claimed = list[Due]()
        with writing(self._engine) as connection:
            for row in connection.execute(due.with_for_update(of=sent, skip_locked=True)).all():
                delivery = replace(_delivery(row), attempts=row.attempts + 1, next_at=now + lease_s)
                connection.execute(_kept(delivery))
                claimed.append(Due(delivery, row.url, row.secret))
        return tuple(claimed)

    def settle(self, delivery: Delivery, *, disable_after: int) -> None:
        """Keep what became of an attempt; so many messages in a row that never arrived disable the webhook."""
        with writing(self._engine) as connection:
            connection.execute(_kept(delivery))
            if delivery.state is DeliveryState.PENDING:
                return
            hook = hooks.c.id == delivery.webhook_id
            failed = delivery.state is DeliveryState.FAILED
            connection.execute(update(hooks).where(hook).values(failures=hooks.c.failures + 1 if failed else 0))
            given_up = update(hooks).where(hook, hooks.c.failures >= disable_after, hooks.c.disabled_because == "")
            connection.execute(given_up.values(disabled_because=DisabledBecause.UNDELIVERED.value))

    def deliveries(self, webhook_id: str, *, limit: int = 100) -> tuple[Delivery, ...]:
        """Return the newest deliveries of a webhook, the newest first."""
        query = select(sent).where(sent.c.webhook_id == webhook_id)
        query = query.order_by(sent.c.created_at.desc(), sent.c.id).limit(limit)
        self.webhook(webhook_id)
        with reading(self._engine) as connection:
            return tuple(map(_delivery, connection.execute(query).all()))

    def forget(self, before: float) -> None:
        """Remove deliveries that were made before that time and are not pending."""
        old = (sent.c.created_at < before) & (sent.c.state != DeliveryState.PENDING.value)
        with writing(self._engine) as connection:
            connection.execute(delete(sent).where(old))


def _kept(delivery: Delivery) -> Update:
    return (
        update(sent)
        .where(sent.c.webhook_id == delivery.webhook_id, sent.c.id == delivery.id)
        .values(
            state=delivery.state.value,
            attempts=delivery.attempts,
            next_at=delivery.next_at,
            status=delivery.status,
            error=delivery.error.value,
        )
    )


def _values(webhook: Webhook) -> dict[str, object]:
    return {
        "url": webhook.url,
        "events": sorted(webhook.events),
        "description": webhook.description,
        "created_at": webhook.created_at,
        "failures": webhook.failures,
        "disabled_because": webhook.disabled_because.value,
    }


def _webhook(row: Row[tuple[object, ...]]) -> Webhook:
    events = frozenset(map(WebhookEvent, row.events))
    because = DisabledBecause(row.disabled_because)
    return Webhook(row.id, row.url, events, row.created_at, row.description, row.failures, because)


def _delivery(row: Row[tuple[object, ...]]) -> Delivery:
    return Delivery(
        row.id,
        row.webhook_id,
        WebhookEvent(row.event),
        row.payload,
        row.created_at,
        DeliveryState(row.state),
        row.attempts,
        row.next_at,
        row.status,
        DeliveryError(row.error),
    )


def _unknown(webhook_id: str) -> NotFound:
    return NotFound(f"There is no webhook {webhook_id!r}.", remedy="List the webhooks.")
