"""The ReplyRepository port in an SQL database."""

from __future__ import annotations

from sqlalchemy import delete, insert, or_, select, update

from engine.domain.reply import KeptReply
from engine.persistence.repository import SqlRepository
from engine.persistence.service_tables import replies
from engine.persistence.transactions import writing

__all__ = ["SqlReplyRepository"]


class SqlReplyRepository(SqlRepository):
    """Replies to requests that may be sent again; safe to use from several threads and processes."""

    def claim(self, key: str, request: str, *, at: float) -> KeptReply | None:
        """Claim a key at a time (epoch) and return None; or return what is kept under it, claimed or replied."""
        with writing(self._engine, line=f"reply {key}") as connection:
            row = connection.execute(select(replies).where(replies.c.key == key)).one_or_none()
            if row is not None:
                return KeptReply(row.request, row.status, row.media_type, row.body)
            claimed = {"key": key, "request": request, "claimed_at": at, "media_type": "", "body": b""}
            connection.execute(insert(replies).values(claimed))
        return None

    def keep(self, key: str, reply: KeptReply) -> None:
        """Keep the reply under a key that is claimed."""
        kept = {"status": reply.status, "media_type": reply.media_type, "body": reply.body}
        with writing(self._engine, line=f"reply {key}") as connection:
            connection.execute(update(replies).where(replies.c.key == key).values(kept))

    def release(self, key: str) -> None:
        """Give up a claim, so that the request can be sent again."""
        with writing(self._engine, line=f"reply {key}") as connection:
            connection.execute(delete(replies).where(replies.c.key == key, replies.c.status.is_(None)))

    def forget(self, *, replied_before: float, claimed_before: float) -> None:
        """Remove replies to requests of before a time (epoch), and claims of before another, whose request is lost."""
        lost = replies.c.status.is_(None) & (replies.c.claimed_at < claimed_before)
        with writing(self._engine) as connection:
            connection.execute(delete(replies).where(or_(replies.c.claimed_at < replied_before, lost)))
