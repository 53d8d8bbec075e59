"""The QualityRepository port in an SQL database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, insert, select, update

from engine.domain.conversation import Role
from engine.domain.insights import Period
from engine.domain.quality import (
    CheckedReply,
    Outcome,
    PromiseState,
    SentReply,
    ShownReply,
    TrackedPromise,
)
from engine.persistence.any_text import AnyText
from engine.persistence.exchanges import moment_text
from engine.persistence.insight_tables import insight_questions
from engine.persistence.outcomes import ended
from engine.persistence.quality_rows import (
    AGENTS,
    ANSWERS,
    REPLIES,
    check_row,
    checked_of_row,
    promise_of_row,
    promise_row,
    reply_of_row,
)
from engine.persistence.quality_tables import reply_checks, reply_promises, sayings
from engine.persistence.repository import SqlRepository, in_portions
from engine.persistence.tables import exchanges, feedback, turns
from engine.persistence.transactions import reading, writing

__all__ = ["SqlQualityRepository"]

_UNSETTLED: Final = (PromiseState.OPEN.value, PromiseState.MISSED.value, PromiseState.UNKNOWN.value)


class SqlQualityRepository(SqlRepository):
    """Checked replies and promises; safe to use from several threads and processes."""

    def unchecked(self, knowledge_base: str, limit: int) -> tuple[SentReply, ...]:
        """Return replies that were not checked yet, the oldest first."""
        answers = ANSWERS.where(exchanges.c.knowledge_base == knowledge_base)
        said = AGENTS.where(sayings.c.knowledge_base == knowledge_base)
        with reading(self._engine) as connection:
            found = [
                *connection.execute(answers.order_by(exchanges.c.created_at, exchanges.c.answer_id).limit(limit)),
                *connection.execute(said.order_by(sayings.c.said_at, sayings.c.id).limit(limit)),
            ]
        replies = sorted(map(reply_of_row, found), key=lambda reply: (reply.said_at, reply.id))
        return tuple(replies[:limit])

    def keep(self, knowledge_base: str, checked: Sequence[CheckedReply]) -> None:
        """Keep what was found; Conflict if one of the replies was checked before."""
        rows = [check_row(knowledge_base, each) for each in checked]
        promised = [promise_row(promise) for each in checked for promise in each.promises]
        with writing(self._engine) as connection:
            if rows:
                connection.execute(insert(reply_checks), rows)
            if promised:
                connection.execute(insert(reply_promises), promised)

    def replies(self, knowledge_base: str, period: Period) -> tuple[ShownReply, ...]:
        """Return the checked replies of a period with their promises and without their texts, the newest first."""
        wanted = _within(knowledge_base, period)
        query = REPLIES.outerjoin(insight_questions, insight_questions.c.answer_id == reply_checks.c.answer_id)
        query = query.add_columns(insight_questions.c.topic_id).where(*wanted)
        promised = select(reply_promises).join(reply_checks, reply_checks.c.id == reply_promises.c.reply_id)
        promises = defaultdict[str, list[TrackedPromise]](list)
        with reading(self._engine) as connection:
            for row in connection.execute(promised.where(*wanted).order_by(reply_promises.c.start)):
                promises[row.reply_id].append(promise_of_row(row))
            newest = query.order_by(reply_checks.c.said_at.desc(), reply_checks.c.id.desc())
            rows = connection.execute(newest).all()
        return tuple(ShownReply(checked_of_row(row, tuple(promises[row.id])), row.topic_id or "") for row in rows)

    def texts(self, replies: Sequence[SentReply]) -> Mapping[str, str]:
        """Return the texts of replies by their ids; those that are gone are left out."""
        answered = [each.id for each in replies if each.role is Role.ASSISTANT]
        said = [each.id for each in replies if each.role is not Role.ASSISTANT]
        spoken = (turns.c.conversation_id == sayings.c.conversation_id) & (turns.c.position == sayings.c.position)
        with reading(self._engine) as connection:
            return dict(
                (
                    *_pairs(connection, select(exchanges.c.answer_id, exchanges.c.answer), answered),
                    *_pairs(connection, select(sayings.c.id, turns.c.text).join(turns, spoken), said),
                )
            )

    def unsettled(self, knowledge_base: str, since: datetime) -> tuple[tuple[SentReply, TrackedPromise], ...]:
        """Return promises that nothing was heard of yet, with their replies, without texts, the oldest first."""
        query = REPLIES.add_columns(reply_promises).join(reply_promises, reply_promises.c.reply_id == reply_checks.c.id)
        query = query.where(
            reply_checks.c.knowledge_base == knowledge_base,
            reply_promises.c.state.in_(_UNSETTLED),
            reply_promises.c.due >= moment_text(since),
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(reply_promises.c.due, reply_promises.c.id)).all()
        return tuple((reply_of_row(row), promise_of_row(row)) for row in rows)

    def settle(self, promises: Sequence[TrackedPromise]) -> None:
        """Keep the states of promises."""
        changes = {"state": bindparam("now", type_=AnyText), "settled_at": bindparam("then", type_=AnyText)}
        statement = update(reply_promises).where(reply_promises.c.id == bindparam("key", type_=AnyText))
        rows = [
            {"key": each.id, "now": each.state.value, "then": moment_text(each.settled_at) if each.settled_at else None}
            for each in promises
        ]
        if rows:
            with writing(self._engine) as connection:
                connection.execute(statement.values(changes), rows)

    def answered_later(self, replies: Sequence[SentReply]) -> Mapping[str, SentReply]:
        """Return the agents' next reply in the same conversation for each id that has one, without its text."""
        said = defaultdict[str, list[SentReply]](list)
        query = REPLIES.where(reply_checks.c.role == Role.AGENT.value).order_by(reply_checks.c.position)
        with reading(self._engine) as connection:
            for some in in_portions(list({reply.conversation_id for reply in replies})):
                for row in connection.execute(query.where(reply_checks.c.conversation_id.in_(some))):
                    said[row.conversation_id].append(reply_of_row(row))
        found = {
            reply.id: next((each for each in said[reply.conversation_id] if each.position > reply.position), None)
            for reply in replies
        }
        return {own: later for own, later in found.items() if later}

    def outcomes(self, knowledge_base: str, period: Period) -> Mapping[str, Outcome]:
        """Return how the conversations ended that have checked replies in a period, by their ids."""
        within = _within(knowledge_base, period)
        ids = select(reply_checks.c.conversation_id).where(*within).distinct()
        last = select(turns.c.conversation_id, func.max(turns.c.position).label("position"))
        last = last.where(turns.c.conversation_id.in_(ids)).group_by(turns.c.conversation_id, turns.c.role)
        ends = last.subquery("ends")
        same = (turns.c.conversation_id == ends.c.conversation_id) & (turns.c.position == ends.c.position)
        said: Select[Any] = select(turns).join(ends, same).order_by(turns.c.conversation_id, turns.c.position)
        given: Select[Any] = select(exchanges.c.conversation_id, feedback.c.verdict, feedback.c.csat)
        given = given.join(feedback, feedback.c.answer_id == exchanges.c.answer_id)
        given = given.where(exchanges.c.conversation_id.in_(ids)).order_by(feedback.c.created_at, feedback.c.id)
        with reading(self._engine) as connection:
            names = connection.execute(ids).scalars().all()
            spoken = _by_conversation(connection.execute(said).all())
            opinions = _by_conversation(connection.execute(given).all())
        return {name: ended(opinions[name], spoken[name]) for name in names}


def _within(knowledge_base: str, period: Period) -> tuple[ColumnElement[bool], ...]:
    since, until = moment_text(period.since), moment_text(period.until)
    return (
        reply_checks.c.knowledge_base == knowledge_base,
        reply_checks.c.said_at >= since,
        reply_checks.c.said_at < until,
    )


def _pairs(connection: Connection, query: Select[Any], ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    key = query.selected_columns[0]
    for some in in_portions(ids):
        for row in connection.execute(query.where(key.in_(some))):
            yield row[0], row[1]


def _by_conversation(rows: Sequence[Row[Any]]) -> defaultdict[str, list[Row[Any]]]:
    found = defaultdict[str, list[Row[Any]]](list)
    for row in rows:
        found[row.conversation_id].append(row)
    return found
