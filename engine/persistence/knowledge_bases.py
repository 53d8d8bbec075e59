"""Knowledge bases and what their indexes are built with, in an SQL database."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from engine.domain.knowledge import KnowledgeBase
from engine.errors import Conflict
from engine.persistence import statements as sql
from engine.persistence.repository import SqlRepository, has_knowledge_base, no_knowledge_base
from engine.persistence.tables import knowledge_bases, signatures
from engine.persistence.transactions import reading, writing
from engine.ports import IndexSignature

__all__ = ["SqlKnowledgeBases"]


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
        """Remove it with its documents, texts and signature, or raise NotFound."""
        with writing(self._engine) as connection:
            if not connection.execute(delete(knowledge_bases).where(knowledge_bases.c.name == name)).rowcount:
                raise no_knowledge_base(connection, name)

    def generation(self, knowledge_base: str) -> int:
        """Return how many versions were activated in it; 0 for an unknown one."""
        with reading(self._engine) as connection:
            return connection.execute(sql.GENERATION, {"name": knowledge_base}).scalar_one_or_none() or 0

    def signature(self, knowledge_base: str) -> IndexSignature | None:
        """Return what the index was built with; None if nothing was indexed yet."""
        with reading(self._engine) as connection:
            row = connection.execute(sql.SIGNATURE, {"name": knowledge_base}).one_or_none()
        if row is None:
            return None
        return IndexSignature(row.model, row.revision, row.dimension, row.normalized, row.terms)

    def set_signature(self, knowledge_base: str, signature: IndexSignature) -> None:
        """Record what the index is built with; NotFound for an unknown knowledge base."""
        values = {
            "knowledge_base": knowledge_base,
            "model": signature.model,
            "revision": signature.revision,
            "dimension": signature.dimension,
            "normalized": signature.normalized,
            "terms": signature.terms,
        }
        with writing(self._engine) as connection:
            if not has_knowledge_base(connection, knowledge_base):
                raise no_knowledge_base(connection, knowledge_base)
            connection.execute(delete(signatures).where(signatures.c.knowledge_base == knowledge_base))
            connection.execute(insert(signatures), values)
