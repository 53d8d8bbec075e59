"""The FeedbackRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, tuple_

from engine.domain.feedback import Feedback, FeedbackFilter, Review, Verdict
from engine.errors import Conflict, NotFound
from engine.persistence.exchanges import EXCHANGES, exchange_of_row, moment, moment_text
from engine.persistence.repository import SqlRepository
from engine.persistence.tables import exchanges, feedback
from engine.persistence.transactions import reading, writing

__all__ = ["SqlFeedbackRepository", "feedback_of_row"]

_REVIEWS = EXCHANGES.add_columns(feedback).join(feedback, feedback.c.answer_id == exchanges.c.answer_id)


class SqlFeedbackRepository(SqlRepository):
    """Feedback; safe to use from several threads and processes."""

    def add(self, given: Feedback) -> Feedback:
        """Keep it and return it; the same again returns what is kept, Conflict if the id stands for another."""
        with writing(self._engine) as connection:
            row = connection.execute(select(feedback).where(feedback.c.id == given.id)).one_or_none()
            if row is None:
                connection.execute(insert(feedback).values(_row(given)))
                return given
        kept = feedback_of_row(row)
        if replace(kept, created_at=given.created_at) != given:
            raise Conflict(f"Feedback {given.id!r} says something else.", remedy="Send another id, or none.")
        return kept

    def reviews(
        self, filter: FeedbackFilter | None = None, *, after: str = "", limit: int | None = None
    ) -> tuple[Review, ...]:
        """Return feedback, the newest first, all that is older than that of the id `after`, which must be there."""
        query = _REVIEWS.where(*_conditions(filter or FeedbackFilter()))
        with reading(self._engine) as connection:
            if after:
                found = connection.execute(select(feedback.c.created_at).where(feedback.c.id == after))
                at = found.scalar_one_or_none()
                if at is None:
                    raise NotFound(f"There is no feedback {after!r}.", remedy="Begin again without a cursor.")
                query = query.where(tuple_(feedback.c.created_at, feedback.c.id) < tuple_(at, after))
            newest = query.order_by(feedback.c.created_at.desc(), feedback.c.id.desc())
            rows = connection.execute(newest.limit(limit)).all()
        return tuple(Review(feedback_of_row(row), exchange_of_row(row)) for row in rows)


def _conditions(wanted: FeedbackFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.knowledge_base:
        yield exchanges.c.knowledge_base == wanted.knowledge_base
    if wanted.conversation_id:
        yield exchanges.c.conversation_id == wanted.conversation_id
    if wanted.verdicts:
        yield feedback.c.verdict.in_([verdict.value for verdict in wanted.verdicts])
    if wanted.since is not None:
        yield feedback.c.created_at >= moment_text(wanted.since)
    if wanted.until is not None:
        yield feedback.c.created_at < moment_text(wanted.until)


def _row(given: Feedback) -> dict[str, object]:
    return {
        "id": given.id,
        "answer_id": given.answer_id,
        "verdict": given.verdict.value if given.verdict else None,
        "edited_text": given.edited_text,
        "csat": given.csat,
        "comment": given.comment,
        "created_at": moment_text(given.created_at),
    }


def feedback_of_row(row: Row[Any]) -> Feedback:
    """Return the feedback that a row of the table holds."""
    return Feedback(
        id=row.id,
        answer_id=row.answer_id,
        verdict=Verdict(row.verdict) if row.verdict else None,
        edited_text=row.edited_text,
        csat=row.csat,
        comment=row.comment,
        created_at=moment(row.created_at),
    )
