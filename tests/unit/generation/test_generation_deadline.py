from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from engine.errors import BackendFailed
from engine.generation.deadline import until


def soon() -> float:
    return time.monotonic() + 10


def hanging(released: threading.Event) -> Iterator[str]:
    yield "a"
    released.wait(10)
    yield "b"


def test_items_pass_in_order() -> None:
    assert list(until(soon(), iter("abc"))) == ["a", "b", "c"]


def test_a_hanging_source_times_out() -> None:
    released = threading.Event()
    stream = until(time.monotonic() + 0.1, hanging(released))
    assert next(stream) == "a"
    begin = time.monotonic()
    with pytest.raises(TimeoutError):
        next(stream)
    assert time.monotonic() - begin < 0.5
    released.set()


def test_a_deadline_that_has_passed_yields_nothing() -> None:
    with pytest.raises(TimeoutError):
        next(until(time.monotonic() - 1, iter("abc")))


def test_a_slow_consumer_gets_all_that_came_in_time() -> None:
    stream = until(time.monotonic() + 0.1, iter("abc"))
    assert next(stream) == "a"
    time.sleep(0.2)
    assert list(stream) == ["b", "c"]


def test_an_endless_source_is_left_at_the_deadline() -> None:
    taken: list[float] = []

    def endless() -> Iterator[str]:
        while True:
            taken.append(time.monotonic())
            yield "x"
            time.sleep(0.01)

    deadline = time.monotonic() + 0.1
    with pytest.raises(TimeoutError):
        list(until(deadline, endless()))
    time.sleep(0.05)
    assert max(taken) < deadline + 0.05


def test_the_sources_error_comes_after_its_items() -> None:
    def failing() -> Iterator[str]:
        yield "a"
        raise BackendFailed("It broke.")

    stream = until(soon(), failing())
    assert next(stream) == "a"
    with pytest.raises(BackendFailed, match="It broke"):
        next(stream)


def test_an_unexpected_error_is_no_silent_end(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda thrown: seen.append(thrown.exc_type))

    def failing() -> Iterator[str]:
        yield "a"
        raise ZeroDivisionError

    stream = until(soon(), failing())
    assert next(stream) == "a"
    with pytest.raises(BackendFailed, match="unexpected"):
        next(stream)
    for thread in threading.enumerate():
        if thread.name == "until":
            thread.join(5)
    assert seen == [ZeroDivisionError]


def test_closing_lets_the_source_go() -> None:
    taken: list[int] = []
    resumed = threading.Event()

    def counting() -> Iterator[str]:
        try:
            for number in range(1000):
                taken.append(number)
                yield str(number)
                time.sleep(0.01)
        finally:
            resumed.set()

    stream = until(soon(), counting())
    assert next(stream) == "0"
    stream.close()  # type: ignore[attr-defined]
    assert resumed.wait(5)
    assert len(taken) < 100
