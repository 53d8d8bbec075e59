"""Knowledge bases and what their indexes are built with, in an SQL database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from sqlalchemy import Connection, Delete, Row, Select, delete, insert, select, update

from engine.domain.knowledge import KnowledgeBase
from engine.domain.trial import Found, IndexTrial
from engine.errors import Conflict
from engine.persistence import statements as sql
from engine.persistence.repository import SqlRepository, has_knowledge_base, no_knowledge_base
from engine.persistence.tables import indexes, knowledge_bases
from engine.persistence.transactions import reading, writing
from engine.ports import BuiltIndex, IndexSignature

__all__ = ["SqlKnowledgeBases"]

S = TypeVar("S", Select[Any], Delete)


class SqlKnowledgeBases(SqlRepository):
    """The part of the repository that knows knowledge bases."""

    def add_knowledge_base(self, knowledge_base: KnowledgeBase) -> None:
        """Store it; Conflict if the name is taken."""
        name = knowledge_base.name
        with writing(self._engine) as connection:
            if has_knowledge_base(connection, name):
                raise Conflict(f"Knowledge base {name!r} exists already.", remedy="Choose another name.")
            connection.execute(insert(knowledge_bases), {"name": name, "description": knowledge_base.description})

    def knowledge_base(self, name: str) -> KnowledgeBase:
        """Return it; NotFound names the ones that exist."""
        with reading(self._engine) as connection:
            row = connection.execute(sql.KNOWLEDGE_BASE, {"name": name}).one_or_none()
            if row is None:
                raise no_knowledge_base(connection, name)
            return KnowledgeBase(row.name, row.description)

    def knowledge_bases(self) -> tuple[KnowledgeBase, ...]:
        """Return all, by name."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(knowledge_bases).order_by(knowledge_bases.c.name))
            return tuple(KnowledgeBase(row.name, row.description) for row in rows)

    def delete_knowledge_base(self, name: str) -> None:
        """Remove it with its documents, texts and indexes, or raise NotFound."""
        with writing(self._engine) as connection:
            if not connection.execute(delete(knowledge_bases).where(knowledge_bases.c.name == name)).rowcount:
                raise no_knowledge_base(connection, name)

    def generation(self, knowledge_base: str) -> int:
        """Return how many versions were activated in it; 0 for an unknown one."""
        with reading(self._engine) as connection:
            return connection.execute(sql.GENERATION, {"name": knowledge_base}).scalar_one_or_none() or 0

    def index(self, knowledge_base: str) -> BuiltIndex | None:
        """Return the index in use; None if nothing was indexed yet."""
        with reading(self._engine) as connection:
            row = connection.execute(sql.INDEX, {"name": knowledge_base}).one_or_none()
        return _index(row) if row else None

    def indexes(self, knowledge_base: str) -> tuple[BuiltIndex, ...]:
        """Return all indexes, the one in use first, the others by slot."""
        theirs = select(indexes).where(indexes.c.knowledge_base == knowledge_base)
        with reading(self._engine) as connection:
            rows = connection.execute(theirs.order_by(indexes.c.in_use.desc(), indexes.c.slot))
            return tuple(map(_index, rows))

    def keep_index(self, knowledge_base: str, index: BuiltIndex) -> None:
        """Record what the index in a slot is; NotFound for an unknown knowledge base."""
        with writing(self._engine) as connection:
            known = connection.execute(_slot(select(indexes.c.in_use), knowledge_base, index.slot)).scalar_one_or_none()
            _write(connection, knowledge_base, index, in_use=bool(known))

    def use_index(self, knowledge_base: str, index: BuiltIndex) -> None:
        """Record what the index in a slot is, and use it from now on; NotFound for an unknown knowledge base."""
        others = update(indexes).where(indexes.c.knowledge_base == knowledge_base)
        with writing(self._engine) as connection:
            connection.execute(others.values(in_use=False))
            _write(connection, knowledge_base, index, in_use=True)

    def forget_index(self, knowledge_base: str, slot: str) -> None:
        """Remove the record of an index; nothing happens if there is none in that slot."""
        with writing(self._engine) as connection:
            connection.execute(_slot(delete(indexes), knowledge_base, slot))


def _slot(statement: S, knowledge_base: str, slot: str) -> S:
    return statement.where(indexes.c.knowledge_base == knowledge_base, indexes.c.slot == slot)


def _write(connection: Connection, knowledge_base: str, index: BuiltIndex, *, in_use: bool) -> None:
    if not has_knowledge_base(connection, knowledge_base):
        raise no_knowledge_base(connection, knowledge_base)
    connection.execute(_slot(delete(indexes), knowledge_base, index.slot))
    values = {
        **asdict(index.signature),
        "knowledge_base": knowledge_base,
        "slot": index.slot,
        "in_use": in_use,
        "source": index.source,
        "trial": asdict(index.trial) if index.trial else None,
    }
    connection.execute(insert(indexes), values)


def _index(row: Row[Any]) -> BuiltIndex:
    signature = IndexSignature(row.model, row.revision, row.dimension, row.normalized, row.terms)
    return BuiltIndex(signature, row.slot, row.source, _trial(row.trial) if row.trial else None)


def _trial(kept: Mapping[str, Any]) -> IndexTrial:
    found = {language: Found(**each) for language, each in kept["found"].items()}
    return IndexTrial(found, kept["tolerance"], own=kept["own"])
