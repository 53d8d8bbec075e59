"""The ConversationRepository port in an SQL database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import ModuleType

from sqlalchemy import Connection, Engine, func, insert, select, update

from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.exchange import Exchange
from engine.domain.webhook import Notice, WebhookEvent
from engine.persistence.exchanges import EXCHANGES, exchange_of_row, exchange_row, moment_text
from engine.persistence.outbox import announce
from engine.persistence.tables import conversations
from engine.persistence.tables import exchanges as exchange_table
from engine.persistence.tables import turns as turn_table
from engine.persistence.transactions import reading, writing

__all__ = ["SqlConversationRepository", "note_conversation"]


class SqlConversationRepository:
    """Turns of conversations; safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def append(
        self, conversation_id: str, turns: Sequence[Turn], *, exchange: Exchange | None = None, customer: str = ""
    ) -> None:
        """Add turns at the end, the first of them with its exchange; a conversation begins with its first turn.

        Webhooks are told of an exchange that hands the conversation over. One that is kept already is not added again,
        nor is a turn that another system has reported before.
        """
        if not turns:
            return
        reports = _reports() if any(turn.saying for turn in turns) else None
        last = select(func.max(turn_table.c.position)).where(turn_table.c.conversation_id == conversation_id)
        with writing(self._engine, line=f"conversation {conversation_id}") as connection:
            if exchange is not None and _is_kept(connection, exchange):
                return
            turns = reports.new(connection, conversation_id, turns) if reports else turns
            if not turns:
                return
            note_conversation(connection, conversation_id, customer)
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
            if reports:
                reports.note(connection, conversation_id, first, turns)
            if exchange is not None:
                connection.execute(insert(exchange_table).values(exchange_row(exchange, first)))
                if any(turn.role is Role.ASSISTANT and turn.action is TurnAction.HANDOFF for turn in turns):
                    announce(connection, _handed_over(exchange))

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

    def cited(self, knowledge_base: str) -> Mapping[str, int]:
        """Return how many answers from a knowledge base cited each document; the empty id counts all answers."""
        found = Counter[str]()
        asked = exchange_table.c.knowledge_base == knowledge_base
        query = select(exchange_table.c.answer, exchange_table.c.citations).where(asked)  # both may be encrypted
        with reading(self._engine) as connection:
            for answer, citations in connection.execute(query):
                found.update({"", *(place["document_id"] for place in citations)} if answer else ())
        return found


def _reports() -> ModuleType:
    """Return what keeps sayings, which few calls need."""
    from engine.persistence import sayings

    return sayings


def _is_kept(connection: Connection, exchange: Exchange) -> bool:
    kept = select(exchange_table.c.answer_id).where(exchange_table.c.answer_id == exchange.answer_id)
    return connection.execute(kept).first() is not None


def note_conversation(connection: Connection, conversation_id: str, customer: str) -> None:
    """Remember when something was said, and by which customer, if that is told."""
    this, now = conversations.c.id == conversation_id, moment_text(datetime.now(UTC))
    known = {"last_at": now, **({"customer": customer} if customer else {})}
    if not connection.execute(update(conversations).where(this).values(known)).rowcount:
        new = {"id": conversation_id, "customer": customer, "began_at": now, "last_at": now}
        connection.execute(insert(conversations).values(new))


def _handed_over(exchange: Exchange) -> Notice:
    data = {
        "conversation_id": exchange.conversation_id,
        "answer_id": exchange.answer_id,
        "knowledge_base": exchange.knowledge_base,
        "language": exchange.language,
        "reason": str(exchange.handoff or ""),
    }
    return Notice(WebhookEvent.HANDED_OVER, exchange.answer_id, exchange.created_at.timestamp(), data)
