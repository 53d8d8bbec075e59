"""The ConversationRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, func, insert, select

from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.exchange import Exchange
from engine.persistence.exchanges import EXCHANGES, exchange_of_row, exchange_row
from engine.persistence.tables import exchanges as exchange_table
from engine.persistence.tables import turns as turn_table
from engine.persistence.transactions import reading, writing

__all__ = ["SqlConversationRepository"]


class SqlConversationRepository:
    """Turns of conversations; safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def append(self, conversation_id: str, turns: Sequence[Turn], *, exchange: Exchange | None = None) -> None:
        """Add turns at the end, the first of them with its exchange; a conversation begins with its first turn."""
        if not turns:
            return
        last = select(func.max(turn_table.c.position)).where(turn_table.c.conversation_id == conversation_id)
        with writing(self._engine) as connection:
            first = (connection.execute(last).scalar() or 0) + 1
            rows = [
                {
                    "conversation_id": conversation_id,
                    "position": position,
                    "role": turn.role.value,
                    "text": turn.text,
                    "action": turn.action.value if turn.action else None,
                }
                for position, turn in enumerate(turns, first)
            ]
            connection.execute(insert(turn_table), rows)
            if exchange is not None:
                connection.execute(insert(exchange_table).values(exchange_row(exchange, first)))

    def history(self, conversation_id: str, *, last: int | None = None) -> tuple[Turn, ...]:
        """Return the turns in order, only the `last` ones if given; empty for an unknown conversation."""
        query = select(turn_table).where(turn_table.c.conversation_id == conversation_id)
        query = query.order_by(turn_table.c.position.desc()).limit(last)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return tuple(
            Turn(Role(row.role), row.text, TurnAction(row.action) if row.action else None) for row in reversed(rows)
        )

    def exchanges(self, conversation_id: str) -> tuple[Exchange, ...]:
        """Return the exchanges of a conversation in order; empty for an unknown one."""
        query = EXCHANGES.where(exchange_table.c.conversation_id == conversation_id)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(exchange_table.c.position)).all()
        return tuple(exchange_of_row(row) for row in rows)
