"""The IntentRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from engine.domain.handoff import FactKind, Priority
from engine.domain.triage import Intent, Taxonomy
from engine.errors import NotFound
from engine.persistence.repository import SqlRepository, has_knowledge_base, no_knowledge_base
from engine.persistence.rows import AnyRow, Values
from engine.persistence.tables import intents as intent_table
from engine.persistence.tables import taxonomies
from engine.persistence.transactions import reading, writing

__all__ = ["SqlIntentRepository"]


class SqlIntentRepository(SqlRepository):
    """Intents of knowledge bases; safe to use from several threads and processes."""

    def taxonomy(self, knowledge_base: str) -> Taxonomy:
        """Return the intents by id, with the revision that they are of."""
        mine = select(intent_table).where(intent_table.c.knowledge_base == knowledge_base).order_by(intent_table.c.id)
        with reading(self._engine) as connection:
            revision = _revision(connection, knowledge_base)
            return Taxonomy(tuple(map(_intent, connection.execute(mine))), revision)

    def taxonomy_revision(self, knowledge_base: str) -> int:
        """Return a number that grows with every change of the intents; 0 before the first."""
        with reading(self._engine) as connection:
            return _revision(connection, knowledge_base)

    def put_intents(self, knowledge_base: str, intents: Sequence[Intent], *, replace_all: bool = False) -> None:
        """Add intents, or put them in the place of those with their ids, all at once."""
        mine = intent_table.c.knowledge_base == knowledge_base
        with writing(self._engine) as connection:
            _changed(connection, knowledge_base)
            old = mine if replace_all else mine & intent_table.c.id.in_([intent.id for intent in intents])
            connection.execute(delete(intent_table).where(old))
            if intents:
                connection.execute(insert(intent_table), [_row(knowledge_base, intent) for intent in intents])

    def delete_intent(self, knowledge_base: str, intent_id: str) -> None:
        """Remove an intent, or raise NotFound."""
        mine = (intent_table.c.knowledge_base == knowledge_base) & (intent_table.c.id == intent_id)
        with writing(self._engine) as connection:
            _changed(connection, knowledge_base)
            if not connection.execute(delete(intent_table).where(mine)).rowcount:
                raise NotFound(f"There is no intent {intent_id!r}.", remedy="List the intents of the knowledge base.")


def _revision(connection: Connection, knowledge_base: str) -> int:
    if not has_knowledge_base(connection, knowledge_base):
        raise no_knowledge_base(connection, knowledge_base)
    mine = select(taxonomies.c.revision).where(taxonomies.c.knowledge_base == knowledge_base)
    return connection.execute(mine).scalar_one_or_none() or 0


def _changed(connection: Connection, knowledge_base: str) -> None:
    """Count the revision up; NotFound for an unknown knowledge base."""
    revision = _revision(connection, knowledge_base)
    if revision:
        mine = taxonomies.c.knowledge_base == knowledge_base
        connection.execute(update(taxonomies).where(mine).values(revision=revision + 1))
    else:
        connection.execute(insert(taxonomies), {"knowledge_base": knowledge_base, "revision": 1})


def _row(knowledge_base: str, intent: Intent) -> Values:
    return {
        "knowledge_base": knowledge_base,
        "id": intent.id,
        "description": intent.description,
        "category": intent.category,
        "queue": intent.queue,
        "priority": intent.priority.value,
        "required": [kind.value for kind in intent.required],
        "examples": list(intent.examples),
    }


def _intent(row: AnyRow) -> Intent:
    return Intent(
        id=row.id,
        examples=tuple(row.examples),
        description=row.description,
        category=row.category,
        queue=row.queue,
        priority=Priority(row.priority),
        required=tuple(map(FactKind, row.required)),
    )
