"""The AuditRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import BigInteger, Row, insert, literal, select

from engine.audit import chained
from engine.domain.privacy import AuditEntry
from engine.persistence.exchanges import moment, moment_text
from engine.persistence.repository import SqlRepository
from engine.persistence.service_tables import audit
from engine.persistence.transactions import reading, writing

__all__ = ["SqlAuditRepository"]

_LAST = select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
PORTION = 500  # entries that are read at a time


class SqlAuditRepository(SqlRepository):
    """Entries in the order in which they were written; writers take turns, so that the chain has no forks."""

    def append(self, entry: AuditEntry) -> AuditEntry:
        """Add an entry, whose `seq` and `hash` are not looked at, and return it as it stands."""
        with writing(self._engine, line="audit") as connection:
            last = connection.execute(_LAST).one_or_none()
            made = chained(replace(entry, seq=last.seq + 1 if last else 1), last.hash if last else "")
            connection.execute(insert(audit).values(_row(made)))
        return made

    def entries(self, *, after: int = 0, limit: int | None = None) -> Iterator[AuditEntry]:
        """Yield entries in order, those after a number."""
        left = limit
        while left is None or left > 0:
            some = PORTION if left is None else min(left, PORTION)
            query = select(audit).where(audit.c.seq > literal(after, BigInteger)).order_by(audit.c.seq).limit(some)
            with reading(self._engine) as connection:
                rows = connection.execute(query).all()
            yield from map(_entry, rows)
            if len(rows) < some:
                return
            after = rows[-1].seq
            left = None if left is None else left - len(rows)


def _row(entry: AuditEntry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": moment_text(entry.at),
        "subject": entry.subject,
        "action": entry.action,
        "target": entry.target,
        "status": entry.status,
        "hash": entry.hash,
    }


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(row.seq, moment(row.at), row.subject, row.action, row.target, row.status, row.hash)
