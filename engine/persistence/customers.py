"""The CustomerRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select

from engine.domain.privacy import Erased, KeptConversation, KeptSuggestion
from engine.persistence.agent_tables import suggestion_sets, suggestion_verdicts
from engine.persistence.any_text import AnyText
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.exchanges import moment, moment_text
from engine.persistence.feedback import feedback_of_row
from engine.persistence.insight_rows import forget_empty
from engine.persistence.proposals import forget_conversations
from engine.persistence.repository import SqlRepository, in_portions
from engine.persistence.sealed import is_named
from engine.persistence.tables import conversations, exchanges, feedback, turns
from engine.persistence.transactions import reading, writing

__all__ = ["SqlCustomerRepository"]


_FEEDBACK = (
    select(feedback)
    .join(exchanges, exchanges.c.answer_id == feedback.c.answer_id)
    .where(exchanges.c.conversation_id == bindparam("conversation", type_=AnyText))
    .order_by(feedback.c.created_at, feedback.c.id)
)


class SqlCustomerRepository(SqlRepository):
    """Whose conversations are whose; safe to use from several threads and processes."""

    def conversations(self, customer: str) -> tuple[KeptConversation, ...]:
        """Return the conversations of a customer, the oldest first."""
        query = select(conversations).where(is_named(conversations.c.customer, customer, self._engine.dialect))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(conversations.c.began_at, conversations.c.id)).all()
            given = {row.id: connection.execute(_FEEDBACK, {"conversation": row.id}).all() for row in rows}
            suggested = {row.id: list(_suggestions(connection, row.id)) for row in rows}
        said = SqlConversationRepository(self._engine)
        return tuple(
            KeptConversation(
                row.id,
                moment(row.began_at),
                moment(row.last_at),
                said.history(row.id),
                said.exchanges(row.id),
                tuple(map(feedback_of_row, given[row.id])),
                tuple(suggested[row.id]),
            )
            for row in rows
        )

    def idle_since(self, moment: datetime) -> tuple[str, ...]:
        """Return the ids of conversations in which nothing was said since a moment."""
        query = select(conversations.c.id).where(conversations.c.last_at < moment_text(moment))
        with reading(self._engine) as connection:
            return tuple(connection.execute(query.order_by(conversations.c.id)).scalars())

    def erase(self, conversation_ids: Sequence[str]) -> Erased:
        """Remove conversations with all that hangs on them; ids that are unknown do not matter."""
        with writing(self._engine) as connection:
            counts = [_erased(connection, some) for some in in_portions(conversation_ids)]
        return Erased(*(sum(numbers) for numbers in zip(*counts, strict=True))) if counts else Erased()


def _suggestions(connection: Connection, conversation: str) -> Iterator[KeptSuggestion]:
    """Yield what was judged, then what was only shown."""
    sets, verdicts = suggestion_sets, suggestion_verdicts
    judged = connection.execute(select(verdicts).where(verdicts.c.conversation_id == conversation)).all()
    yield from (KeptSuggestion(each.suggestion_id, each.suggested, each.verdict, each.sent) for each in judged)
    known = {each.suggestion_id for each in judged}
    for items in connection.execute(select(sets.c["items"]).where(sets.c.conversation_id == conversation)).scalars():
        yield from (KeptSuggestion(each["id"], each["text"]) for each in items if each["id"] not in known)


def _erased(connection: Connection, ids: list[str]) -> tuple[int, int, int, int, int]:
    said, asked = turns.c.conversation_id.in_(ids), exchanges.c.conversation_id.in_(ids)
    answers = select(exchanges.c.answer_id).where(asked)
    suggested = sum(
        connection.execute(delete(table).where(table.c.conversation_id.in_(ids))).rowcount
        for table in (suggestion_sets, suggestion_verdicts)
    )
    forget_conversations(connection, ids)
    counts = (
        connection.execute(delete(conversations).where(conversations.c.id.in_(ids))).rowcount,
        connection.execute(select(func.count()).select_from(turns).where(said)).scalar_one(),
        connection.execute(select(func.count()).select_from(exchanges).where(asked)).scalar_one(),
        connection.execute(delete(feedback).where(feedback.c.answer_id.in_(answers))).rowcount,
        suggested,
        connection.execute(delete(exchanges).where(asked)).rowcount,
        connection.execute(delete(turns).where(said)).rowcount,
    )[:5]
    forget_empty(connection)
    return counts
