"""The CannedRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, insert, select, update

from engine.domain.canned_reply import CannedReply
from engine.errors import NotFound
from engine.persistence.agent_tables import canned_lists
from engine.persistence.agent_tables import canned_replies as reply_table
from engine.persistence.repository import SqlRepository
from engine.persistence.revisions import count_change, revision_of
from engine.persistence.rows import AnyRow, Values
from engine.persistence.transactions import reading, writing

__all__ = ["SqlCannedRepository"]

_FIELDS = ("knowledge_base", "shortcut", "language", "title", "text", "category", "used", "accepted")


class SqlCannedRepository(SqlRepository):
    """Canned replies; safe to use from several threads and processes."""

    def revision(self, knowledge_base: str) -> int:
        """Return a number that grows with every change of the replies, but not of their counts."""
        with reading(self._engine) as connection:
            return revision_of(connection, canned_lists, knowledge_base)

    def replies(self, knowledge_base: str) -> tuple[CannedReply, ...]:
        """Return the replies, ordered by shortcut and language."""
        mine = select(reply_table).where(reply_table.c.knowledge_base == knowledge_base)
        with reading(self._engine) as connection:
            revision_of(connection, canned_lists, knowledge_base)
            rows = connection.execute(mine.order_by(reply_table.c.shortcut, reply_table.c.language))
            return tuple(map(_reply, rows))

    def reply(self, id: str) -> CannedReply:
        """Return a reply, or raise NotFound."""
        with reading(self._engine) as connection:
            row = connection.execute(select(reply_table).where(reply_table.c.id == id)).one_or_none()
        if row is None:
            raise _unknown(id)
        return _reply(row)

    def put(self, knowledge_base: str, replies: Sequence[CannedReply], *, replace_all: bool = False) -> None:
        """Add replies, or put them in the place of those with their ids; counts of those stay."""
        mine = reply_table.c.knowledge_base == knowledge_base
        with writing(self._engine) as connection:
            count_change(connection, canned_lists, knowledge_base)
            known = {row.id: _reply(row) for row in connection.execute(select(reply_table).where(mine))}
            new = {each.id: each for each in (replace(each, knowledge_base=knowledge_base) for each in replies)}
            for old in known if replace_all else known.keys() & new.keys():
                connection.execute(delete(reply_table).where(reply_table.c.id == old))
            if new:
                connection.execute(insert(reply_table), [_row(each, known.get(key)) for key, each in new.items()])

    def remove(self, id: str) -> None:
        """Remove a reply, or raise NotFound."""
        mine = reply_table.c.id == id
        with writing(self._engine) as connection:
            home = connection.execute(select(reply_table.c.knowledge_base).where(mine)).scalar_one_or_none()
            if home is None:
                raise _unknown(id)
            connection.execute(delete(reply_table).where(mine))
            count_change(connection, canned_lists, home)

    def count(self, id: str, *, used: int, accepted: int) -> None:
        """Add to the counts of a reply; one that is no longer there is passed over."""
        counts = {"used": reply_table.c.used + used, "accepted": reply_table.c.accepted + accepted}
        with writing(self._engine) as connection:
            connection.execute(update(reply_table).where(reply_table.c.id == id).values(**counts))


def _row(reply: CannedReply, known: CannedReply | None) -> Values:
    counted = replace(reply, used=known.used, accepted=known.accepted) if known else reply
    return {"id": reply.id, **{name: getattr(counted, name) for name in _FIELDS}}


def _reply(row: AnyRow) -> CannedReply:
    return CannedReply(**{name: getattr(row, name) for name in _FIELDS})


def _unknown(id: str) -> NotFound:
    return NotFound(f"There is no canned reply {id!r}.", remedy="List the canned replies of the knowledge base.")
