"""Questions and their groups from rows and back, and the statements that find them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, Select, Subquery, and_, case, delete, exists, func, or_, select

from engine.domain.conversation import Role, TurnAction
from engine.domain.feedback import Verdict
from engine.domain.insights import AskedQuestion, ClusterKind, Failure, GapCause, GapMatch, ReadQuestion
from engine.persistence.exchanges import moment, moment_text
from engine.persistence.insight_tables import insight_clusters, insight_questions
from engine.persistence.tables import exchanges, feedback, turns
from engine.ports.embedding import Vector
from engine.ports.insights import Cluster

__all__ = [
    "FAILED",
    "LOW_CSAT",
    "OPINIONS",
    "TEXTS",
    "UNREAD",
    "asked_of_row",
    "cluster_of_row",
    "cluster_row",
    "failed",
    "failures_of",
    "forget_empty",
    "group_column",
    "question_row",
]

LOW_CSAT: Final = 2
"""Customer satisfaction, 1 to 5, from which down an answer was rated low."""

_said, _told, _earlier = turns.alias("said"), turns.alias("told"), exchanges.alias("earlier")
_SAID = (_said.c.conversation_id == exchanges.c.conversation_id) & (_said.c.position == exchanges.c.position)
_TOLD = (_told.c.conversation_id == exchanges.c.conversation_id) & (_told.c.position == exchanges.c.position + 1)
_LAST = (
    select(func.max(_earlier.c.position))
    .where(_earlier.c.conversation_id == exchanges.c.conversation_id, _earlier.c.position < exchanges.c.position)
    .correlate(exchanges)
    .scalar_subquery()
)
_before = exchanges.alias("before")
_BEFORE = and_(
    _before.c.conversation_id == exchanges.c.conversation_id,
    _before.c.position == _LAST,
    _before.c.clarified.is_(False),
)

TEXTS: Select[Any] = select(
    exchanges.c.answer_id,
    exchanges.c.conversation_id,
    exchanges.c.standalone,
    exchanges.c.language,
    exchanges.c.created_at,
    exchanges.c.abstained,
)

UNREAD: Select[Any] = (
    TEXTS.add_columns(
        _said.c.action.label("said_action"),
        and_(_told.c.role == Role.ASSISTANT.value, _told.c.action == TurnAction.HANDOFF.value).label("handed_over"),
        _before.c.answer_id.label("before_id"),
        _before.c.standalone.label("before_text"),
    )
    .select_from(
        exchanges.outerjoin(insight_questions, insight_questions.c.answer_id == exchanges.c.answer_id)
        .join(_said, _SAID)
        .outerjoin(_told, _TOLD)
        .outerjoin(_before, _BEFORE)
    )
    .where(insight_questions.c.answer_id.is_(None))
)

OPINIONS: Subquery = (
    select(
        feedback.c.answer_id,
        func.avg(feedback.c.csat).label("csat"),
        func.max(case((feedback.c.verdict == Verdict.REJECTED.value, 1), else_=0)).label("rejected"),
    )
    .group_by(feedback.c.answer_id)
    .subquery("opinions")
)
"""What was said of answers: a row for each that something was said of."""


FAILED: Final[Mapping[Failure, ColumnElement[bool]]] = {
    Failure.HANDED_OVER: insight_questions.c.handed_over.is_(True),
    Failure.REJECTED: OPINIONS.c.rejected == 1,
    Failure.RATED_LOW: OPINIONS.c.csat <= LOW_CSAT,
    Failure.REASKED: insight_questions.c.reasked.is_(True),
    Failure.ABSTAINED: insight_questions.c.abstained.is_(True),
}
"""How a question failed, told of its row with that of `OPINIONS`, the costliest first."""


def group_column(kind: ClusterKind) -> ColumnElement[str]:
    """Return where the group of a kind is kept."""
    return insight_questions.c.topic_id if kind is ClusterKind.TOPIC else insight_questions.c.gap_id


def failed() -> ColumnElement[bool]:
    """Return the condition that a question failed."""
    kept = insight_questions.c
    mine = feedback.c.answer_id == kept.answer_id
    rejected = exists().where(mine, feedback.c.verdict == Verdict.REJECTED.value)
    rated = select(func.avg(feedback.c.csat)).where(mine).correlate(insight_questions).scalar_subquery()
    return or_(kept.abstained, kept.handed_over, kept.reasked, rejected, rated <= LOW_CSAT)


def forget_empty(connection: Connection) -> None:
    """Remove groups that have no question left: their names were made from what is gone."""
    for kind in ClusterKind:
        used = select(group_column(kind)).where(group_column(kind).is_not(None))
        gone = insight_clusters.c.id.not_in(used) & (insight_clusters.c.kind == kind.value)
        connection.execute(delete(insight_clusters).where(gone))


def failures_of(row: Row[Any]) -> tuple[Failure, ...]:
    """Return how a question failed, from its row with that of `OPINIONS`, the costliest first."""
    told = {
        Failure.HANDED_OVER: row.handed_over,
        Failure.REJECTED: row.rejected,
        Failure.RATED_LOW: row.csat is not None and row.csat <= LOW_CSAT,
        Failure.REASKED: row.reasked,
        Failure.ABSTAINED: row.abstained,
    }
    return tuple(failure for failure, true in told.items() if true)


def asked_of_row(row: Row[Any]) -> AskedQuestion:
    """Return a question from a row of `TEXTS` or `UNREAD`."""
    unread = hasattr(row, "said_action")
    return AskedQuestion(
        row.answer_id,
        row.conversation_id,
        row.standalone,
        row.language,
        moment(row.created_at),
        abstained=bool(row.abstained),
        handed_over=unread and bool(row.handed_over),
        to_person=unread and row.said_action == TurnAction.HANDOFF.value,
        asked_before=(row.before_id or "") if unread else "",
        text_before=(row.before_text or "") if unread else "",
    )


def question_row(knowledge_base: str, read: ReadQuestion) -> dict[str, object]:
    """Return the row of a question that was read."""
    asked = read.asked
    return {
        "answer_id": asked.answer_id,
        "knowledge_base": knowledge_base,
        "conversation_id": asked.conversation_id,
        "language": asked.language,
        "asked_at": moment_text(asked.asked_at),
        "counted": read.counted,
        "abstained": asked.abstained,
        "handed_over": asked.handed_over,
        "reasked": False,
        "level": read.level,
    }


def cluster_row(knowledge_base: str, cluster: Cluster) -> dict[str, object]:
    """Return the row of a group."""
    return {
        "id": cluster.id,
        "knowledge_base": knowledge_base,
        "kind": cluster.kind.value,
        "name": cluster.name,
        "terms": list(cluster.terms),
        "middle": _bytes(cluster.first),
        "second_middle": _bytes(cluster.second),
        "size": cluster.size,
        "made_at": moment_text(cluster.made_at),
        "matched": asdict(cluster.match) if cluster.match else None,
    }


def cluster_of_row(row: Row[Any]) -> Cluster:
    """Return the group that a row holds."""
    matched = row.matched
    return Cluster(
        row.id,
        ClusterKind(row.kind),
        row.name,
        tuple(row.terms),
        _vector(row.middle),
        _vector(row.second_middle),
        row.size,
        moment(row.made_at),
        GapMatch(**{**matched, "cause": GapCause(matched["cause"])}) if matched else None,
    )


def _bytes(vector: Vector) -> bytes:
    return vector.astype("<f2").tobytes()


def _vector(kept: bytes) -> Vector:
    return np.frombuffer(kept, dtype="<f2").astype(np.float32)
