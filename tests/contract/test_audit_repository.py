"""What every adapter of the AuditRepository port must do, and what the chain of its entries tells."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, delete, update

from engine.audit import record, verified
from engine.persistence.audit import SqlAuditRepository
from engine.persistence.service_tables import audit
from engine.persistence.transactions import writing
from engine.ports import AuditRepository
from tests.fakes.repositories import database as opened


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with opened() as engine:
        yield engine


@pytest.fixture
def repository(database: Engine) -> AuditRepository:
    return SqlAuditRepository(database)


def write(repository: AuditRepository, count: int) -> None:
    for number in range(count):
        record(repository, subject=f"kd_{number}", action="delete_document", target="id=\x00\ud800退", status=204)


def test_entries_come_back_in_order(repository: AuditRepository) -> None:
    write(repository, 5)
    entries = list(repository.entries())
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.subject for entry in entries] == [f"kd_{number}" for number in range(5)]
    assert entries[0].target == "id=\x00\ud800退"
    assert list(repository.entries(after=2, limit=2)) == entries[2:4]
    assert list(repository.entries(after=5)) == []


def test_an_untouched_chain_holds(repository: AuditRepository) -> None:
    assert verified(repository).entries == 0
    write(repository, 3)
    found = verified(repository)
    assert (found.entries, found.broken_at) == (3, None)
    assert found.head == list(repository.entries())[-1].hash


@pytest.mark.parametrize("column", ["subject", "action", "target", "at", "hash"])
def test_a_changed_entry_is_found(database: Engine, repository: AuditRepository, column: str) -> None:
    write(repository, 4)
    value = "2026-07-01T00:00:00+00:00" if column == "at" else "somebody else"
    with writing(database) as connection:
        connection.execute(update(audit).where(audit.c.seq == 3).values({column: value}))
    assert verified(repository).broken_at == 3


def test_a_changed_status_is_found(database: Engine, repository: AuditRepository) -> None:
    write(repository, 2)
    with writing(database) as connection:
        connection.execute(update(audit).where(audit.c.seq == 1).values(status=403))
    assert verified(repository).broken_at == 1


def test_a_dropped_entry_is_found(database: Engine, repository: AuditRepository) -> None:
    write(repository, 4)
    with writing(database) as connection:
        connection.execute(delete(audit).where(audit.c.seq == 2))
    assert verified(repository).broken_at == 2


def test_a_cut_end_changes_the_head(database: Engine, repository: AuditRepository) -> None:
    write(repository, 4)
    before = verified(repository)
    with writing(database) as connection:
        connection.execute(delete(audit).where(audit.c.seq == 4))
    after = verified(repository)
    assert after.broken_at is None
    assert after.head != before.head


def test_writers_at_the_same_time_make_one_chain(repository: AuditRepository) -> None:
    threads = [threading.Thread(target=write, args=(repository, 5)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verified(repository).entries == 20
