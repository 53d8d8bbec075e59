"""Exchanges from rows and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, select

from engine.domain.answer import AbstentionReason
from engine.domain.exchange import CitedPlace, Exchange
from engine.domain.handoff import HandoffReason
from engine.persistence.tables import exchanges, turns

__all__ = ["EXCHANGES", "exchange_of_row", "exchange_row", "in_utc", "moment", "moment_text"]

_OF_TURN = (turns.c.conversation_id == exchanges.c.conversation_id) & (turns.c.position == exchanges.c.position)
_COLUMNS = tuple(column for column in exchanges.c if column.name not in {"answer_id", "created_at"})

# what `exchange_of_row` reads; ids and times are labelled, because feedback has such too
EXCHANGES: Select[Any] = select(
    *_COLUMNS,
    exchanges.c.answer_id.label("exchange_id"),
    exchanges.c.created_at.label("answered_at"),
    turns.c.text.label("question"),
).join_from(exchanges, turns, _OF_TURN)


def exchange_row(exchange: Exchange, position: int) -> dict[str, object]:
    """Return the row of an exchange whose question is the turn at `position`."""
    return {
        "answer_id": exchange.answer_id,
        "conversation_id": exchange.conversation_id,
        "position": position,
        "knowledge_base": exchange.knowledge_base,
        "standalone": exchange.standalone,
        "language": exchange.language,
        "answer": exchange.answer,
        "citations": [asdict(place) for place in exchange.citations],
        "created_at": moment_text(exchange.created_at),
        "abstained": exchange.abstained.value if exchange.abstained else None,
        "clarified": exchange.clarified,
        "handoff": exchange.handoff.value if exchange.handoff else None,
    }


def exchange_of_row(row: Row[Any]) -> Exchange:
    """Return the exchange that a row of `EXCHANGES` holds."""
    return Exchange(
        answer_id=row.exchange_id,
        conversation_id=row.conversation_id,
        knowledge_base=row.knowledge_base,
        question=row.question,
        standalone=row.standalone,
        language=row.language,
        answer=row.answer,
        citations=tuple(CitedPlace(**place) for place in row.citations),
        created_at=moment(row.answered_at),
        abstained=AbstentionReason(row.abstained) if row.abstained else None,
        clarified=row.clarified,
        handoff=HandoffReason(row.handoff) if row.handoff else None,
        position=row.position,
    )


def moment_text(at: datetime) -> str:
    """Return a moment as it is kept: in UTC, of one length, so that it sorts."""
    return in_utc(at).isoformat(timespec="microseconds")


def in_utc(at: datetime) -> datetime:
    """Return a moment in UTC; the first or last that there is for one beyond it."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return (datetime.max if at.year > 1 else datetime.min).replace(tzinfo=UTC)


def moment(kept: str) -> datetime:
    """Return the moment that was kept."""
    return datetime.fromisoformat(kept)
