"""What the parts of the knowledge repository share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Engine, select

from engine.errors import NotFound
from engine.persistence import statements as sql
from engine.persistence.tables import knowledge_bases

__all__ = ["SqlRepository", "has_knowledge_base", "in_portions", "no_knowledge_base"]

MANY = 500  # ids in one statement; databases bound the number of parameters


class SqlRepository:
    """A part of a repository in an SQL database; safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine


def in_portions(document_ids: Sequence[str]) -> Iterator[list[str]]:
    """Yield the ids in lists that one statement can take."""
    for start in range(0, len(document_ids), MANY):
        yield list(document_ids[start : start + MANY])


def has_knowledge_base(connection: Connection, name: str) -> bool:
    """Tell whether there is a knowledge base of that name."""
    return connection.execute(sql.KNOWLEDGE_BASE, {"name": name}).one_or_none() is not None


def no_knowledge_base(connection: Connection, name: str) -> NotFound:
    """Return the error for a knowledge base that is not there; it names those that are."""
    names = connection.execute(select(knowledge_bases.c.name).order_by(knowledge_bases.c.name)).scalars().all()
    known = f"There are: {', '.join(map(repr, names))}." if names else "There are none yet; ingest something first."
    return NotFound(f"There is no knowledge base {name!r}.", remedy=known)
