"""Checked replies and promises from rows and back, and the statements that find them."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Row, Select, literal, null, select

from engine.domain.check import CheckRule, PromiseMatter, PromiseStanding, Severity, Verdict
from engine.domain.conversation import Role
from engine.domain.knowledge import Span
from engine.domain.quality import CheckedReply, KeptReplyFinding, PromiseState, SentReply, TrackedPromise
from engine.persistence.exchanges import moment, moment_text
from engine.persistence.quality_tables import reply_checks, reply_promises, sayings
from engine.persistence.tables import conversations, exchanges, turns

__all__ = [
    "AGENTS",
    "ANSWERS",
    "REPLIES",
    "check_row",
    "checked_of_row",
    "promise_of_row",
    "promise_row",
    "reply_of_row",
]

_SAID = (turns.c.conversation_id == sayings.c.conversation_id) & (turns.c.position == sayings.c.position)
_ASKED = (
    select(exchanges.c.answer_id)
    .where(exchanges.c.conversation_id == sayings.c.conversation_id, exchanges.c.position < sayings.c.position)
    .order_by(exchanges.c.position.desc())
    .limit(1)
    .correlate(sayings)
    .scalar_subquery()
)

ANSWERS: Final[Select[Any]] = (
    select(
        exchanges.c.answer_id.label("id"),
        exchanges.c.conversation_id,
        exchanges.c.position,
        literal(Role.ASSISTANT.value).label("role"),
        exchanges.c.answer.label("text"),
        exchanges.c.created_at.label("said_at"),
        exchanges.c.language,
        null().label("agent"),
        null().label("team"),
        exchanges.c.answer_id.label("answer_id"),
        conversations.c.customer,
    )
    .select_from(
        exchanges.outerjoin(reply_checks, reply_checks.c.id == exchanges.c.answer_id).outerjoin(
            conversations, conversations.c.id == exchanges.c.conversation_id
        )
    )
    .where(exchanges.c.answer != "", reply_checks.c.id.is_(None))
)
"""The assistant's answers that were not checked yet."""

AGENTS: Final[Select[Any]] = (
    select(
        sayings.c.id,
        sayings.c.conversation_id,
        sayings.c.position,
        turns.c.role,
        turns.c.text,
        sayings.c.said_at,
        sayings.c.language,
        sayings.c.agent,
        sayings.c.team,
        _ASKED.label("answer_id"),
        conversations.c.customer,
    )
    .select_from(
        sayings.join(turns, _SAID)
        .outerjoin(reply_checks, reply_checks.c.id == sayings.c.id)
        .outerjoin(conversations, conversations.c.id == sayings.c.conversation_id)
    )
    .where(turns.c.role == Role.AGENT.value, reply_checks.c.id.is_(None))
)
"""The agents' replies that were not checked yet."""

REPLIES: Final[Select[Any]] = select(reply_checks, conversations.c.customer).select_from(
    reply_checks.outerjoin(conversations, conversations.c.id == reply_checks.c.conversation_id)
)
"""Replies that were checked."""


def reply_of_row(row: Row[Any]) -> SentReply:
    """Return the reply from a row of `ANSWERS`, `AGENTS` or `REPLIES`; the last has no text."""
    return SentReply(
        row.id,
        row.conversation_id,
        row.position,
        Role(row.role),
        getattr(row, "text", ""),
        moment(row.said_at),
        row.language,
        row.agent or "",
        row.team or "",
        row.answer_id or "",
        row.customer or "",
    )


def check_row(knowledge_base: str, checked: CheckedReply) -> dict[str, object]:
    """Return the row of a checked reply."""
    reply = checked.reply
    return {
        "id": reply.id,
        "conversation_id": reply.conversation_id,
        "position": reply.position,
        "knowledge_base": knowledge_base,
        "role": reply.role.value,
        "agent": reply.agent,
        "team": reply.team,
        "language": reply.language,
        "said_at": moment_text(reply.said_at),
        "verdict": checked.verdict.value,
        "findings": [
            [each.rule.value, each.id, each.severity.value, each.span.start, each.span.end] for each in checked.findings
        ],
        "answer_id": reply.answer_id,
    }


def checked_of_row(row: Row[Any], promises: tuple[TrackedPromise, ...]) -> CheckedReply:
    """Return the checked reply of a row of `REPLIES`."""
    findings = (
        KeptReplyFinding(CheckRule(rule), name, Severity(severity), Span(start, end))
        for rule, name, severity, start, end in row.findings
    )
    return CheckedReply(reply_of_row(row), Verdict(row.verdict), tuple(findings), promises)


def promise_row(promise: TrackedPromise) -> dict[str, object]:
    """Return the row of a promise."""
    return {
        "id": promise.id,
        "reply_id": promise.reply_id,
        "matter": promise.matter.value,
        "standing": promise.standing.value,
        "start": promise.span.start,
        "end": promise.span.end,
        "due": moment_text(promise.due),
        "state": promise.state.value,
        "settled_at": moment_text(promise.settled_at) if promise.settled_at else None,
    }


def promise_of_row(row: Row[Any]) -> TrackedPromise:
    """Return the promise from a row whose columns are labelled as in `reply_promises`."""
    kept = {column.name: row._mapping[column] for column in reply_promises.c}
    return TrackedPromise(
        kept["id"],
        kept["reply_id"],
        PromiseMatter(kept["matter"]),
        Span(kept["start"], kept["end"]),
        moment(kept["due"]),
        PromiseStanding(kept["standing"]),
        PromiseState(kept["state"]),
        moment(kept["settled_at"]) if kept["settled_at"] else None,
    )
