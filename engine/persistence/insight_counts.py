"""The part of the InsightRepository port that counts and lists, in an SQL database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, case, cast, exists, func, select, tuple_

from engine.domain.feedback import Verdict
from engine.domain.insights import ClusterKind, Failure, HeatCell, Period, QuestionFilter, Rates
from engine.errors import NotFound
from engine.persistence.exchanges import moment, moment_text
from engine.persistence.insight_rows import FAILED, OPINIONS, TEXTS, asked_of_row, failures_of, group_column
from engine.persistence.insight_tables import insight_questions
from engine.persistence.repository import SqlRepository, in_portions
from engine.persistence.tables import exchanges, feedback
from engine.persistence.transactions import reading
from engine.ports.insights import GroupCounts, GroupSize, KeptQuestion

__all__ = ["SqlInsightCounts"]

_KEPT = insight_questions.c
_DAY = func.substr(_KEPT.asked_at, 1, 10)
_WITH_OPINIONS = insight_questions.outerjoin(OPINIONS, OPINIONS.c.answer_id == _KEPT.answer_id)
_MINE = feedback.c.answer_id == _KEPT.answer_id  # asked for each row: there are few of them
_CSAT = select(func.avg(feedback.c.csat)).where(_MINE).correlate(insight_questions).scalar_subquery()
_REJECTED = exists().where(_MINE, feedback.c.verdict == Verdict.REJECTED.value).correlate(insight_questions)
_LISTED: Select[Any] = (
    TEXTS.with_only_columns(
        exchanges.c.answer_id,
        exchanges.c.conversation_id,
        exchanges.c.standalone,
        exchanges.c.language,
        exchanges.c.created_at,
        _KEPT.abstained,
        _KEPT.handed_over,
        _KEPT.reasked,
        _KEPT.level,
        _KEPT.topic_id,
        _KEPT.gap_id,
        _CSAT.label("csat"),
        _REJECTED.label("rejected"),
    )
    .select_from(insight_questions.join(exchanges, exchanges.c.answer_id == _KEPT.answer_id))
    .where(_KEPT.counted)
)


class SqlInsightCounts(SqlRepository):
    """What became of questions."""

    def counts(self, knowledge_base: str, kind: ClusterKind, period: Period) -> Mapping[str, GroupCounts]:
        """Return what became of the questions of each group; those in none have an empty id."""
        group = func.coalesce(group_column(kind), "").label("group")
        figures = select(
            group,
            func.count().label("questions"),
            func.count(_KEPT.conversation_id.distinct()).label("conversations"),
            func.avg(cast(_KEPT.abstained, Integer)).label("abstained"),
            func.avg(cast(_KEPT.handed_over, Integer)).label("handed_over"),
            func.avg(_KEPT.level).label("level"),
            func.avg(OPINIONS.c.csat).label("csat"),
            func.min(_KEPT.asked_at).label("first_seen"),
            func.max(_KEPT.asked_at).label("last_seen"),
        ).select_from(_WITH_OPINIONS)
        spoken = select(group, _KEPT.language, func.count().label("questions"))
        wanted = [*_of(knowledge_base), *_within(period)]
        with reading(self._engine) as connection:
            rows = connection.execute(figures.where(*wanted).group_by(group)).all()
            languages: dict[str, dict[str, int]] = {}
            grouped = spoken.where(*wanted).group_by(group, _KEPT.language)
            for row in connection.execute(grouped.order_by(func.count().desc(), _KEPT.language)):
                languages.setdefault(row.group, {})[row.language] = row.questions
        return {row.group: _counted(row, languages[row.group]) for row in rows}

    def sizes(self, knowledge_base: str, kind: ClusterKind, until: datetime) -> Mapping[str, GroupSize]:
        """Return how many questions each group has that were asked before a moment."""
        group = group_column(kind)
        query = select(group, func.count(), func.count(_KEPT.conversation_id.distinct()))
        query = query.where(*_of(knowledge_base), group > "", _KEPT.asked_at < moment_text(until)).group_by(group)
        with reading(self._engine) as connection:
            return {own: GroupSize(*counted) for own, *counted in connection.execute(query)}

    def failures(self, knowledge_base: str, period: Period) -> Mapping[str, Mapping[Failure, int]]:
        """Return how often the questions of each gap failed, each question by its costliest failure."""
        worst = case(*((happened, failure.value) for failure, happened in FAILED.items()))
        query = select(_KEPT.gap_id, worst.label("failure"), func.count().label("questions"))
        query = query.select_from(_WITH_OPINIONS).where(*_of(knowledge_base), *_within(period), _KEPT.gap_id != "")
        found: dict[str, dict[Failure, int]] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(query.group_by(_KEPT.gap_id, worst).order_by(_KEPT.gap_id, worst)):
                if row.failure:
                    found.setdefault(row.gap_id, {})[Failure(row.failure)] = row.questions
        return found

    def days(self, knowledge_base: str, period: Period, *, topic_id: str | None = None) -> Mapping[date, int]:
        """Return how many questions each day (UTC) brought, of a topic or of all; days without any are left out."""
        query = select(_DAY.label("day"), func.count().label("questions"))
        query = query.where(*_of(knowledge_base), *_within(period)).group_by(_DAY).order_by(_DAY)
        if topic_id is not None:
            query = query.where(_KEPT.topic_id == topic_id)
        with reading(self._engine) as connection:
            return {date.fromisoformat(row.day): row.questions for row in connection.execute(query)}

    def heat(self, knowledge_base: str, period: Period) -> tuple[HeatCell, ...]:
        """Return how many questions of each topic had each level, by day (UTC)."""
        topic = func.coalesce(_KEPT.topic_id, "").label("topic")
        query = select(topic, _DAY.label("day"), _KEPT.level, func.count().label("questions"))
        query = query.where(*_of(knowledge_base), *_within(period)).group_by(topic, _DAY, _KEPT.level)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(topic, _DAY, _KEPT.level)).all()
        return tuple(HeatCell(row.topic, date.fromisoformat(row.day), row.level, row.questions) for row in rows)

    def questions(
        self, knowledge_base: str, filter: QuestionFilter, *, after: str = "", limit: int | None = None
    ) -> tuple[KeptQuestion, ...]:
        """Return questions, the newest first, all that are older than that of the id `after`, which must be there."""
        query = _LISTED.where(*_of(knowledge_base), *_filtered(filter))
        with reading(self._engine) as connection:
            if after:
                found = connection.execute(select(_KEPT.asked_at).where(*_of(knowledge_base), _KEPT.answer_id == after))
                at = found.scalar_one_or_none()
                if at is None:
                    raise NotFound("There is no such question.", remedy="Begin again without a cursor.")
                query = query.where(tuple_(_KEPT.asked_at, _KEPT.answer_id) < tuple_(at, after))
            newest = query.order_by(_KEPT.asked_at.desc(), _KEPT.answer_id.desc())
            rows = connection.execute(newest.limit(limit)).all()
        return tuple(_listed(row) for row in rows)

    def kept(self, answer_ids: Sequence[str]) -> tuple[KeptQuestion, ...]:
        """Return what was read of these questions, in any order; those that were not read are left out."""
        found: list[KeptQuestion] = []
        with reading(self._engine) as connection:
            for some in in_portions(answer_ids):
                found += map(_listed, connection.execute(_LISTED.where(_KEPT.answer_id.in_(some))).all())
        return tuple(found)

    def replies(self, gap_id: str, limit: int) -> tuple[str, ...]:
        """Return what agents sent in place of answers to the questions of a gap, the newest first."""
        query = select(feedback.c.edited_text).join(insight_questions, _KEPT.answer_id == feedback.c.answer_id)
        query = query.where(_KEPT.gap_id == gap_id, feedback.c.edited_text != "")
        with reading(self._engine) as connection:
            newest = query.order_by(feedback.c.created_at.desc(), feedback.c.id).limit(limit)
            return tuple(connection.execute(newest).scalars())


def _of(knowledge_base: str) -> tuple[ColumnElement[bool], ...]:
    return _KEPT.knowledge_base == knowledge_base, _KEPT.counted


def _within(period: Period) -> tuple[ColumnElement[bool], ...]:
    return _KEPT.asked_at >= moment_text(period.since), _KEPT.asked_at < moment_text(period.until)


def _filtered(wanted: QuestionFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.topic_id:
        yield _KEPT.topic_id == wanted.topic_id
    if wanted.gap_id:
        yield _KEPT.gap_id == wanted.gap_id
    if wanted.level is not None:
        yield _KEPT.level == wanted.level
    if wanted.period is not None:
        yield from _within(wanted.period)


def _counted(row: Row[Any], languages: dict[str, int]) -> GroupCounts:
    rates = Rates(
        row.questions,
        row.conversations,
        float(row.abstained),
        float(row.handed_over),
        None if row.csat is None else float(row.csat),
        float(row.level),
    )
    return GroupCounts(rates, languages, moment(row.first_seen), moment(row.last_seen))


def _listed(row: Row[Any]) -> KeptQuestion:
    csat = None if row.csat is None else float(row.csat)
    return KeptQuestion(asked_of_row(row), row.level, row.topic_id or "", row.gap_id or "", csat, failures_of(row))
