"""Put questions into a database as if they had been asked, many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import insert

from engine.domain.conversation import Role, TurnAction
from engine.domain.exchange import Exchange
from engine.persistence.database import open_database
from engine.persistence.exchanges import exchange_row, moment_text
from engine.persistence.tables import conversations, exchanges, turns
from engine.persistence.transactions import writing
from engine.records import database_url
from engine.settings import Settings

__all__ = ["keep_questions"]

PORTION = 10_000


def keep_questions(settings: Settings, asked: Iterable[Exchange]) -> None:
    """Keep exchanges, each the only one of its conversation, with the turns that go with them."""
    database = open_database(database_url(settings))
    waiting = iter(asked)
    try:
        while some := list(islice(waiting, PORTION)):
            with writing(database) as connection:
                connection.execute(insert(conversations), [_conversation(each) for each in some])
                connection.execute(insert(turns), [turn for each in some for turn in _turns(each)])
                connection.execute(insert(exchanges), [exchange_row(each, 1) for each in some])
    finally:
        database.dispose()


def _conversation(asked: Exchange) -> dict[str, str]:
    at = moment_text(asked.created_at)
    return {"id": asked.conversation_id, "customer": "", "began_at": at, "last_at": at}


def _turns(asked: Exchange) -> Iterable[dict[str, object]]:
    action = TurnAction.HANDOFF if asked.handoff else TurnAction.ABSTAIN if asked.abstained else None
    said = {"conversation_id": asked.conversation_id, "position": 1, "role": Role.CUSTOMER.value}
    yield {**said, "text": asked.question, "action": None}
    told = {**said, "position": 2, "role": Role.ASSISTANT.value, "text": asked.answer or "-"}
    yield {**told, "action": action.value if action else None}
