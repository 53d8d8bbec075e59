"""Locks and turns of several processes that share a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from engine.errors import BackendFailed
from ingestion.jobs.locks import TURN, WORKER, Locks
from ingestion.jobs.takeover import Takeover
from ingestion.jobs.turns import Turns
from tests.fakes.postgres import Postgres
from tests.waiting import until

AWAY = "postgresql://nobody@127.0.0.1:9/nothing"


@pytest.fixture
def locks(postgres: Postgres | None) -> Locks:
    if postgres is None:
        pytest.skip("KNOWDESK_TEST_DATABASE_URL is not set")
    return Locks(postgres.url(postgres.template))


class Worker:
    """A process that does jobs; `left` are the names whose jobs it took over."""

    def __init__(self, locks: Locks, name: str, busy: set[str]) -> None:
        self.left, self.stopped = list[str](), 0
        self.takeover = Takeover(locks, name, busy=lambda: busy, recover=self.left.append, stop=self.stop)

    def stop(self) -> None:
        self.stopped += 1


@pytest.fixture
def workers(locks: Locks) -> Iterator[list[Worker]]:
    made = [Worker(locks, name, {"one", "two"}) for name in ("one", "two", "three")]
    for worker in made:
        worker.takeover.present()
    yield made
    for worker in made:
        worker.takeover.close()


def _end_connections(locks: Locks) -> None:
    """End the connections of all workers of this database, and wait until the server has given up their locks."""
    held = """FROM pg_locks JOIN pg_database ON pg_database.oid = database
        WHERE datname = current_database() AND locktype = 'advisory' AND classid = :kind"""
    engine = create_engine(locks.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend(pid) {held}"), {"kind": WORKER})
        until(lambda: not connection.execute(text(f"SELECT pid {held}"), {"kind": WORKER}).first())
    engine.dispose()


def test_one_holds_a_lock_until_it_gives_it_up(locks: Locks) -> None:
    one, other, elsewhere = locks.lock(TURN, "kb"), locks.lock(TURN, "kb"), locks.lock(TURN, "知识\ud800")
    assert one.acquire()
    assert one.acquire()
    assert not other.acquire()
    assert elsewhere.acquire()
    assert (one.is_held(), other.is_held()) == (True, False)
    one.release()
    one.release()
    assert locks.lock(TURN, "kb").acquire()
    elsewhere.release()


def test_a_server_that_is_away_is_a_failure() -> None:
    lock = Locks(AWAY).lock(TURN, "kb")
    with pytest.raises(BackendFailed, match="database failed"):
        lock.acquire()
    assert not lock.is_held()
    lock.release()


def test_nobody_is_taken_over_who_is_there(workers: list[Worker]) -> None:
    for worker in workers:
        worker.takeover.look()
    assert [worker.left for worker in workers] == [[], [], []]


def test_jobs_of_who_is_gone_are_taken_over(workers: list[Worker]) -> None:
    workers[0].takeover.close()
    workers[2].takeover.look()
    assert workers[2].left == ["one"]
    workers[0].takeover.present()
    workers[1].takeover.look()
    assert workers[1].left == []


def test_who_lost_its_connection_stops_and_comes_back(workers: list[Worker], locks: Locks) -> None:
    _end_connections(locks)
    workers[0].takeover.look()
    assert (workers[0].stopped, workers[0].left) == (1, ["one", "two"])
    workers[0].takeover.look()
    assert workers[0].stopped == 1


def test_two_processes_write_in_turn(locks: Locks) -> None:
    here, there = Turns(locks), Turns(locks)
    mine, theirs, other = here.ask("kb"), there.ask("kb"), there.ask("other")
    assert [here.is_due(mine), there.is_due(theirs), there.is_due(other)] == [True, False, True]
    here.leave(mine)
    there.leave(theirs)
    with there.turn("kb"):
        waiting = here.ask("kb")
        assert not here.is_due(waiting)
        here.leave(waiting)
    there.leave(other)
