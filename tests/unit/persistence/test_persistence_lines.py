"""Who writes beside whom, and what readers see meanwhile, on a PostgreSQL server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import TimeoutError as PoolExhausted

from engine.errors import BackendFailed
from engine.persistence.database import open_database
from engine.persistence.transactions import reading, writing
from tests.fakes.postgres import Postgres
from tests.fakes.repositories import database

TURNS = text("SELECT count(*) FROM turns")
SAID = text("INSERT INTO turns VALUES (:who, 1, 'customer', 'x', NULL)")


@pytest.fixture
def engine(postgres: Postgres | None, tmp_path: Path) -> Iterator[Engine]:
    if postgres is None:
        pytest.skip("KNOWDESK_TEST_DATABASE_URL is not set")
    engine = open_database(postgres.url_of(tmp_path / "a.db"), connections=4)
    yield engine
    engine.dispose()


class Writer:
    """Writes in a thread of its own, in a line, until it is let go."""

    def __init__(self, engine: Engine, pool: ThreadPoolExecutor, line: str) -> None:
        self.inside, self.go = threading.Event(), threading.Event()
        self.done: Future[None] = pool.submit(self._write, engine, line)

    def _write(self, engine: Engine, line: str) -> None:
        with writing(engine, line=line):
            self.inside.set()
            self.go.wait(20)

    def is_in(self, seconds: float = 5.0) -> bool:
        return self.inside.wait(seconds)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [("a", "b", True), ("a", "a", False), ("", "a", False), ("a", "", False), ("", "", False)],
)
def test_writers_wait_in_their_line_and_for_those_without(
    engine: Engine, first: str, second: str, together: bool
) -> None:
    with ThreadPoolExecutor(2) as pool:
        one = Writer(engine, pool, first)
        assert one.is_in()
        other = Writer(engine, pool, second)
        assert other.is_in(5.0 if together else 0.3) is together
        one.go.set()
        other.go.set()
        assert other.is_in()


def test_readers_see_one_state_and_wait_for_nobody(engine: Engine) -> None:
    with reading(engine) as reader:
        assert reader.execute(TURNS).scalar() == 0
        with writing(engine) as writer:
            writer.execute(SAID, {"who": "c"})
        assert reader.execute(TURNS).scalar() == 0
    with reading(engine) as reader:
        assert reader.execute(TURNS).scalar() == 1


def test_a_writer_sees_what_the_one_before_it_wrote(engine: Engine) -> None:
    def write(number: int) -> int:
        with writing(engine, line="c") as connection:
            seen = int(connection.execute(TURNS).scalar_one())
            connection.execute(SAID, {"who": f"{number}"})
            return seen

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(8))) == list(range(8))


def test_no_more_connections_are_opened_than_allowed(engine: Engine) -> None:
    assert engine.pool.status().startswith("Pool size: 4")


def test_connections_that_stay_away_are_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted() -> None:
        raise PoolExhausted

    with database() as small:
        monkeypatch.setattr(small, "connect", exhausted)
        with pytest.raises(BackendFailed, match="database failed"), reading(small):
            raise AssertionError("there is no connection")
