"""Counting calls in the database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select

from engine.persistence.rate_windows import SqlRateWindows
from engine.persistence.service_tables import rate_windows
from engine.persistence.transactions import reading
from tests.fakes.repositories import database

HOUR = 3600
NOON = 43_200.0


@pytest.fixture
def engine() -> Iterator[Engine]:
    with database() as engine:
        yield engine


@pytest.fixture
def windows(engine: Engine) -> SqlRateWindows:
    return SqlRateWindows(engine)


def taken(windows: SqlRateWindows, now: float, *, key: str = "ann", limit: int = 4, amount: int = 1) -> bool:
    return windows.take(key, amount, limit=limit, window_s=HOUR, now=now)


def test_calls_count_up_to_the_limit_each_key_for_itself(windows: SqlRateWindows) -> None:
    assert [taken(windows, NOON) for _ in range(5)] == [True] * 4 + [False]
    assert taken(windows, NOON, key="bob")
    assert not taken(windows, NOON, key="eve", amount=5)


def test_the_window_before_counts_by_what_is_left_of_it(windows: SqlRateWindows) -> None:
    assert [taken(windows, NOON + HOUR - 1) for _ in range(4)] == [True] * 4
    assert not taken(windows, NOON + HOUR)
    half = NOON + 1.5 * HOUR  # of four calls two count
    assert [taken(windows, half) for _ in range(3)] == [True, True, False]
    assert taken(windows, NOON + 3 * HOUR)


def test_what_is_counted_can_be_seen_and_forgotten(windows: SqlRateWindows) -> None:
    assert windows.counted("ann", window_s=HOUR, now=NOON) == (0, 0.0, 0, 0.0)
    taken(windows, NOON)
    taken(windows, NOON + HOUR)
    assert windows.counted("ann", window_s=HOUR, now=NOON + 1.25 * HOUR) == (1, 2700.0, 1, 6300.0)
    windows.forget("ann")
    assert windows.counted("ann", window_s=HOUR, now=NOON + 1.25 * HOUR) == (0, 0.0, 0, 0.0)


def test_windows_that_tell_nothing_go_and_keys_are_hashed(windows: SqlRateWindows, engine: Engine) -> None:
    for number in range(5):
        taken(windows, NOON, key=f"{number}")
    taken(windows, NOON + 3 * HOUR)
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(rate_windows)).scalar() == 1
        assert "ann" not in str(connection.execute(select(rate_windows.c.key)).scalar())


def test_of_calls_at_the_same_time_as_many_count_as_may(windows: SqlRateWindows) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: taken(windows, NOON, limit=7), range(24))) == 7
