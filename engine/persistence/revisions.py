"""Numbers that tell whether something of a knowledge base has changed."""

from __future__ import annotations

from sqlalchemy import Connection, Table, insert, select, update

from engine.persistence.repository import has_knowledge_base, no_knowledge_base

__all__ = ["count_change", "revision_of"]


def revision_of(connection: Connection, table: Table, knowledge_base: str) -> int:
    """Return the number in a table of revisions, 0 before the first change; NotFound for an unknown knowledge base."""
    query = select(table.c.revision).where(table.c.knowledge_base == knowledge_base)
    found = connection.execute(query).scalar_one_or_none()
    if found is None and not has_knowledge_base(connection, knowledge_base):
        raise no_knowledge_base(connection, knowledge_base)
    return found or 0


def count_change(connection: Connection, table: Table, knowledge_base: str) -> None:
    """Count the number up; NotFound for an unknown knowledge base."""
    if revision_of(connection, table, knowledge_base):
        mine = update(table).where(table.c.knowledge_base == knowledge_base)
        connection.execute(mine.values(revision=table.c.revision + 1))
    else:
        connection.execute(insert(table), {"knowledge_base": knowledge_base, "revision": 1})
