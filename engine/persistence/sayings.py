"""Keeping what other systems tell of turns, in the transaction that keeps the turns."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from engine.domain.conversation import Saying, Turn
from engine.domain.knowledge import stable_id
from engine.persistence.exchanges import moment_text
from engine.persistence.quality_tables import sayings
from engine.persistence.repository import has_knowledge_base, in_portions, no_knowledge_base

__all__ = ["new", "note"]


def new(connection: Connection, conversation_id: str, turns: Sequence[Turn]) -> list[Turn]:
    """Return the turns without those that were reported before; NotFound for an unknown knowledge base."""
    ids = {_key(conversation_id, turn.saying): turn.saying.knowledge_base for turn in turns if turn.saying}
    for name in set(ids.values()):
        if not has_knowledge_base(connection, name):
            raise no_knowledge_base(connection, name)
    known = set[str]()
    for some in in_portions(list(ids)):
        known |= set(connection.execute(select(sayings.c.id).where(sayings.c.id.in_(some))).scalars())
    left = list[Turn]()
    for turn in turns:
        key = _key(conversation_id, turn.saying) if turn.saying else ""
        if key not in known:
            left.append(turn)
        known |= {key} - {""}
    return left


def note(connection: Connection, conversation_id: str, first: int, turns: Sequence[Turn]) -> None:
    """Keep what is told of turns that stand in the conversation from the position `first` on."""
    rows = [
        {
            "id": _key(conversation_id, turn.saying),
            "conversation_id": conversation_id,
            "position": position,
            "knowledge_base": turn.saying.knowledge_base,
            "agent": turn.saying.agent,
            "team": turn.saying.team,
            "language": turn.saying.language,
            "said_at": moment_text(turn.saying.at),
        }
        for position, turn in enumerate(turns, first)
        if turn.saying
    ]
    if rows:
        connection.execute(insert(sayings), rows)


def _key(conversation_id: str, saying: Saying) -> str:
    return stable_id("saying", conversation_id, saying.id)
