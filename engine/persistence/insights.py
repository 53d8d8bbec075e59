"""The InsightRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from engine.domain.insights import AskedQuestion, ClusterKind, ReadQuestion
from engine.persistence.any_text import AnyText
from engine.persistence.insight_counts import SqlInsightCounts
from engine.persistence.insight_rows import (
    TEXTS,
    UNREAD,
    asked_of_row,
    cluster_of_row,
    cluster_row,
    failed,
    group_column,
    question_row,
)
from engine.persistence.insight_tables import insight_clusters, insight_questions
from engine.persistence.insight_vectors import SqlInsightVectors
from engine.persistence.repository import in_portions
from engine.persistence.tables import exchanges
from engine.persistence.transactions import reading, writing
from engine.ports.insights import Cluster

__all__ = ["SqlInsightRepository"]


class SqlInsightRepository(SqlInsightCounts, SqlInsightVectors):
    """Questions that were read and their groups; safe to use from several threads and processes."""

    def unread(self, knowledge_base: str, limit: int) -> tuple[AskedQuestion, ...]:
        """Return questions that were not read yet, the oldest first."""
        query = UNREAD.where(exchanges.c.knowledge_base == knowledge_base)
        query = query.order_by(exchanges.c.created_at, exchanges.c.answer_id).limit(limit)
        with reading(self._engine) as connection:
            return tuple(map(asked_of_row, connection.execute(query).all()))

    def count(self, knowledge_base: str) -> tuple[int, int]:
        """Return how many questions there are, and how many of them were not read yet."""
        every = select(func.count()).select_from(exchanges).where(exchanges.c.knowledge_base == knowledge_base)
        read = select(func.count()).where(insight_questions.c.knowledge_base == knowledge_base)
        with reading(self._engine) as connection:
            total = connection.execute(every).scalar_one()
            return total, total - connection.execute(read).scalar_one()

    def read(self, knowledge_base: str, questions: Sequence[ReadQuestion], *, asked_again: Sequence[str] = ()) -> None:
        """Remember questions as read, in no group; `asked_again` are ids of those whose customer had to ask again.

        Those that were erased meanwhile, or read by somebody else, are passed over.
        """
        with writing(self._engine) as connection:
            left = _left(connection, [each.asked.answer_id for each in questions])
            rows = [question_row(knowledge_base, each) for each in questions if each.asked.answer_id in left]
            if rows:
                connection.execute(insert(insight_questions), rows)
            for some in in_portions(asked_again):
                these = insight_questions.c.answer_id.in_(some)
                connection.execute(update(insight_questions).where(these).values(reasked=True))

    def ungrouped(
        self, knowledge_base: str, kind: ClusterKind, limit: int, *, tried: bool = False
    ) -> tuple[AskedQuestion, ...]:
        """Return questions in no group of a kind, the newest first: those that were `tried` in vain, or the others."""
        group = group_column(kind)
        looked_at = group == "" if tried else group.is_(None)
        query = TEXTS.join(insight_questions, insight_questions.c.answer_id == exchanges.c.answer_id)
        query = query.where(*_population(knowledge_base, kind), looked_at)
        query = query.order_by(insight_questions.c.asked_at.desc(), insight_questions.c.answer_id).limit(limit)
        with reading(self._engine) as connection:
            return tuple(map(asked_of_row, connection.execute(query).all()))

    def population(self, knowledge_base: str, kind: ClusterKind) -> int:
        """Return how many questions belong into groups of a kind."""
        query = select(func.count()).select_from(insight_questions).where(*_population(knowledge_base, kind))
        with reading(self._engine) as connection:
            return connection.execute(query).scalar_one()

    def members(self, knowledge_base: str, kind: ClusterKind) -> dict[str, str]:
        """Return the group of each question that belongs into one of a kind, empty for none, the oldest first."""
        query = select(insight_questions.c.answer_id, group_column(kind)).where(*_population(knowledge_base, kind))
        query = query.order_by(insight_questions.c.asked_at, insight_questions.c.answer_id)
        with reading(self._engine) as connection:
            return {answer_id: group or "" for answer_id, group in connection.execute(query)}

    def newest(self, knowledge_base: str, limit: int) -> tuple[str, ...]:
        """Return the texts of the newest questions."""
        query = select(exchanges.c.standalone).join(
            insight_questions, insight_questions.c.answer_id == exchanges.c.answer_id
        )
        query = query.where(*_population(knowledge_base, ClusterKind.TOPIC))
        newest = query.order_by(insight_questions.c.asked_at.desc(), insight_questions.c.answer_id).limit(limit)
        with reading(self._engine) as connection:
            return tuple(connection.execute(newest).scalars())

    def texts(self, answer_ids: Sequence[str]) -> tuple[AskedQuestion, ...]:
        """Return these questions, in any order; those that are not there are left out."""
        found: list[AskedQuestion] = []
        with reading(self._engine) as connection:
            for some in in_portions(answer_ids):
                rows = connection.execute(TEXTS.where(exchanges.c.answer_id.in_(some))).all()
                found += map(asked_of_row, rows)
        return tuple(found)

    def group(self, kind: ClusterKind, groups: Mapping[str, str]) -> None:
        """Put questions into groups, by their ids; into none with an empty one."""
        column = group_column(kind).name
        statement = (
            update(insight_questions)
            .where(insight_questions.c.answer_id == bindparam("question", type_=AnyText))
            .values({column: bindparam("group", type_=AnyText)})
        )
        rows = [{"question": answer_id, "group": group} for answer_id, group in groups.items()]
        if rows:
            with writing(self._engine) as connection:
                connection.execute(statement, rows)

    def clusters(self, knowledge_base: str, kind: ClusterKind) -> tuple[Cluster, ...]:
        """Return the groups of a kind, the oldest first."""
        query = select(insight_clusters).where(
            insight_clusters.c.knowledge_base == knowledge_base, insight_clusters.c.kind == kind.value
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(insight_clusters.c.made_at, insight_clusters.c.id)).all()
        return tuple(map(cluster_of_row, rows))

    def put_clusters(
        self, knowledge_base: str, clusters: Sequence[Cluster], *, merged: Mapping[str, str] | None = None
    ) -> None:
        """Keep groups; those that are `merged` into others are removed, and their questions go there."""
        rows = [cluster_row(knowledge_base, each) for each in clusters]
        gone = [*(each.id for each in clusters), *(merged or ())]
        with writing(self._engine) as connection:
            for some in in_portions(gone):
                connection.execute(delete(insight_clusters).where(insight_clusters.c.id.in_(some)))
            if rows:
                connection.execute(insert(insight_clusters), rows)
            for old, new in (merged or {}).items():
                for kind in ClusterKind:
                    column = group_column(kind)
                    moved = update(insight_questions).where(column == old).values({column.name: new})
                    connection.execute(moved)


def _left(connection: Connection, answer_ids: Sequence[str]) -> set[str]:
    """Return those of the questions that are there and were not read yet."""
    found: set[str] = set()
    for some in in_portions(answer_ids):
        query = select(exchanges.c.answer_id).outerjoin(insight_questions).where(exchanges.c.answer_id.in_(some))
        found.update(connection.execute(query.where(insight_questions.c.answer_id.is_(None))).scalars())
    return found


def _population(knowledge_base: str, kind: ClusterKind) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on questions that belong into groups of a kind."""
    kept = insight_questions.c
    counted = (kept.knowledge_base == knowledge_base, kept.counted)
    return counted if kind is ClusterKind.TOPIC else (*counted, failed())
