"""The EventRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Table, delete, insert, select

from engine.domain.event import Event, Message
from engine.domain.knowledge import stable_id
from engine.persistence.event_tables import events as event_table
from engine.persistence.event_tables import messages as message_table
from engine.persistence.exchanges import moment, moment_text
from engine.persistence.repository import SqlRepository, in_portions
from engine.persistence.sealed import is_named
from engine.persistence.transactions import reading, writing

__all__ = ["SqlEventRepository"]

_KEPT: Final = (event_table, message_table)


class SqlEventRepository(SqlRepository):
    """Events and messages; safe to use from several threads and processes. Ids come back as they are kept, hashed."""

    def add(self, events: Sequence[Event]) -> int:
        """Keep events and return how many are new; those whose id is kept already are left out."""
        rows = {stable_id("event", each.id): each for each in reversed(events)}
        with writing(self._engine) as connection:
            for some in in_portions(list(rows)):
                for known in connection.execute(select(event_table.c.id).where(event_table.c.id.in_(some))).scalars():
                    del rows[known]
            if rows:
                connection.execute(insert(event_table), [_row(key, each) for key, each in rows.items()])
        return len(rows)

    def events(self, customer: str, *, since: datetime | None = None) -> tuple[Event, ...]:
        """Return the events of a customer, the oldest first."""
        query = select(event_table).where(self._of(event_table, customer))
        if since is not None:
            query = query.where(event_table.c.at >= moment_text(since))
        with reading(self._engine) as connection:
            return tuple(map(_event, connection.execute(query.order_by(event_table.c.at, event_table.c.id)).all()))

    def customers(self, since: datetime) -> tuple[str, ...]:
        """Return the customers who have events since a moment, in order."""
        query = select(event_table.c.customer).where(event_table.c.at >= moment_text(since)).distinct()
        with reading(self._engine) as connection:
            return tuple(sorted(set(connection.execute(query).scalars())))  # one under two keys comes twice

    def deeds(self) -> Collection[str]:
        """Return what sorts of things were ever told of: the last words of kinds."""
        with reading(self._engine) as connection:
            return frozenset(connection.execute(select(event_table.c.deed).distinct()).scalars())

    def offer(self, message: Message) -> bool:
        """Keep a message that was drafted; False if one with its id is kept already."""
        row = {
            "id": message.id,
            "knowledge_base": message.knowledge_base,
            "customer": message.customer,
            "rule": message.rule,
            "at": moment_text(message.at),
            "text": message.text,
            "language": message.language,
            "event_ids": list(message.event_ids),
        }
        with writing(self._engine) as connection:
            if connection.execute(select(message_table.c.id).where(message_table.c.id == message.id)).first():
                return False
            connection.execute(insert(message_table), row)
        return True

    def messages(self, customer: str) -> tuple[Message, ...]:
        """Return the messages that were drafted for a customer, the oldest first."""
        query = select(message_table).where(self._of(message_table, customer))
        with reading(self._engine) as connection:
            return tuple(
                map(_message, connection.execute(query.order_by(message_table.c.at, message_table.c.id)).all())
            )

    def forget(self, customer: str) -> tuple[int, int]:
        """Remove events and messages of a customer; return how many there were."""
        return self._forget(*(self._of(table, customer) for table in _KEPT))

    def forget_before(self, moment: datetime) -> tuple[int, int]:
        """Remove events that happened before a moment, and messages drafted before it; return how many."""
        return self._forget(*(table.c.at < moment_text(moment) for table in _KEPT))

    def _of(self, table: Table, customer: str) -> ColumnElement[bool]:
        return is_named(table.c.customer, customer, self._engine.dialect)

    def _forget(self, of_events: ColumnElement[bool], of_messages: ColumnElement[bool]) -> tuple[int, int]:
        with writing(self._engine) as connection:
            gone = connection.execute(delete(event_table).where(of_events)).rowcount
            return gone, connection.execute(delete(message_table).where(of_messages)).rowcount


def _row(key: str, event: Event) -> dict[str, object]:
    return {
        "id": key,
        "customer": event.customer,
        "kind": event.kind,
        "deed": event.deed,
        "subject": event.subject,
        "details": dict(event.details),
        "at": moment_text(event.at),
    }


def _event(row: Row[Any]) -> Event:
    return Event(row.id, row.customer, row.kind, moment(row.at), row.subject, row.details)


def _message(row: Row[Any]) -> Message:
    told = row.rule, moment(row.at), row.text, row.language, tuple(row.event_ids)
    return Message(row.id, row.knowledge_base, row.customer, *told)
