"""What is made when it is first used."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.deferred import deferred


class Counter:
    made = 0

    def __init__(self) -> None:
        type(self).made += 1
        self.count = 0

    def add(self, number: int = 1) -> int:
        self.count += number
        return self.count


@pytest.fixture(autouse=True)
def _none_made() -> None:
    Counter.made = 0


def test_it_is_made_at_the_first_call_and_once() -> None:
    counter = deferred(Counter)
    assert Counter.made == 0
    assert [counter.add(), counter.add(2)] == [1, 3]
    assert Counter.made == 1


def test_it_is_there_before_it_is_made() -> None:
    assert deferred(Counter) is not None
    assert bool(deferred(Counter))
    assert Counter.made == 0


def test_what_it_has_not_is_said_in_the_name_of_the_thing_itself() -> None:
    with pytest.raises(AttributeError, match="'Counter' object has no attribute 'take'"):
        deferred(Counter).take()  # type: ignore[attr-defined]


def test_an_error_of_making_is_passed_on_and_the_next_call_tries_again() -> None:
    tries = iter([ValueError("not now"), None])

    def make() -> Counter:
        if error := next(tries):
            raise error
        return Counter()

    counter = deferred(make)
    with pytest.raises(ValueError, match="not now"):
        counter.add()
    assert counter.add() == 1


def test_threads_use_the_same() -> None:
    counter = deferred(Counter)
    counter.add(0)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: counter.add(), range(40)))
    assert counter.count == 40
    assert Counter.made == 1


@pytest.mark.parametrize("part", ["insights", "proposals", "suggestions", "webhooks", "customers"])
def test_an_engine_is_assembled_without_loading_what_agents_and_insights_need(part: str) -> None:
    code = f"import sys, engine.assembly; print('engine.persistence.{part}' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  our own code
    assert ran.stdout == "False\n"
