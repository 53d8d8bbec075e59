"""The WordRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.domain.check import ListedWord, Severity
from engine.persistence.repository import SqlRepository, has_knowledge_base, no_knowledge_base
from engine.persistence.tables import knowledge_bases, word_lists
from engine.persistence.tables import words as word_table
from engine.persistence.transactions import reading, writing

__all__ = ["SqlWordRepository"]


class SqlWordRepository(SqlRepository):
    """Lists of words; safe to use from several threads and processes."""

    def revision(self, knowledge_base: str) -> int:
        """Return a number that grows with every change of the list; 0 before the first."""
        listed = knowledge_bases.outerjoin(word_lists, word_lists.c.knowledge_base == knowledge_bases.c.name)
        query = select(func.coalesce(word_lists.c.revision, 0)).select_from(listed)
        with reading(self._engine) as connection:
            row = connection.execute(query.where(knowledge_bases.c.name == knowledge_base)).one_or_none()
            if row is None:
                raise no_knowledge_base(connection, knowledge_base)
        return int(row[0])

    def words(self, knowledge_base: str) -> tuple[ListedWord, ...]:
        """Return the list, ordered by word."""
        query = select(word_table).where(word_table.c.knowledge_base == knowledge_base).order_by(word_table.c.word)
        with reading(self._engine) as connection:
            if not has_knowledge_base(connection, knowledge_base):
                raise no_knowledge_base(connection, knowledge_base)
            rows = connection.execute(query).all()
        return tuple(ListedWord(row.word, Severity(row.severity), row.remedy, row.disguised) for row in rows)

    def put(self, knowledge_base: str, words: Sequence[ListedWord], *, replace: bool = False) -> None:
        """Add words, in place of those that are written the same; `replace` drops the rest of the list."""
        rows = {
            each.word: {
                "knowledge_base": knowledge_base,
                "word": each.word,
                "severity": each.severity.value,
                "remedy": each.remedy,
                "disguised": each.disguised,
            }
            for each in words
        }
        listed = delete(word_table).where(word_table.c.knowledge_base == knowledge_base)
        with writing(self._engine) as connection:
            self._change(connection, knowledge_base)
            if replace:
                connection.execute(listed)
            for word in () if replace else rows:
                connection.execute(listed.where(word_table.c.word == word))
            if rows:
                connection.execute(insert(word_table), list(rows.values()))

    def remove(self, knowledge_base: str, word: str) -> bool:
        """Remove a word; return False if it is not listed."""
        listed = delete(word_table).where(word_table.c.knowledge_base == knowledge_base, word_table.c.word == word)
        with writing(self._engine) as connection:
            if not has_knowledge_base(connection, knowledge_base):
                raise no_knowledge_base(connection, knowledge_base)
            removed = connection.execute(listed).rowcount > 0
            if removed:
                self._change(connection, knowledge_base)
        return removed

    @staticmethod
    def _change(connection: Connection, knowledge_base: str) -> None:
        """Count a change of the list."""
        if not has_knowledge_base(connection, knowledge_base):
            raise no_knowledge_base(connection, knowledge_base)
        counted = update(word_lists).where(word_lists.c.knowledge_base == knowledge_base)
        if not connection.execute(counted.values(revision=word_lists.c.revision + 1)).rowcount:
            connection.execute(insert(word_lists).values(knowledge_base=knowledge_base, revision=1))
