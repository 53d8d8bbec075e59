from __future__ import annotations

import threading
from contextvars import copy_context

import pytest

from engine.errors import Stopped
from engine.observability import Stopwatch
from engine.serving import Served, Stop, new_id, repeatable, served, serving


class Tally:
    def __init__(self) -> None:
        self.stages: list[tuple[str, float]] = []

    def stage(self, name: str, seconds: float) -> None:
        self.stages.append((name, seconds))

    def answered(self, answer: object) -> None: ...

    def tokens(self, *, prompt: int, completion: int) -> None: ...


def test_without_a_request_nothing_stops() -> None:
    served().stop.check()
    assert (served().id, served().observer) == ("", None)


def test_a_request_is_served_within_its_block_only() -> None:
    with serving(Served("one")):
        assert served().id == "one"
    assert served().id == ""


def test_a_thread_with_a_copy_of_the_context_serves_the_same_request() -> None:
    seen = list[str]()
    with serving(Served("one")):
        context = copy_context()
    thread = threading.Thread(target=lambda: seen.append(context.run(lambda: served().id)))
    thread.start()
    thread.join()
    assert seen == ["one"]


def test_work_stops_when_it_is_asked_to() -> None:
    stop = Stop()
    stop.check()
    stop.ask()
    with pytest.raises(Stopped, match="went away"):
        stop.check()


def test_work_stops_at_the_deadline_and_not_before() -> None:
    times = iter([9.9, 10.0])
    stop = Stop(10.0, clock=times.__next__)
    stop.check()
    with pytest.raises(Stopped, match="longer than it may"):
        stop.check()


def test_no_stage_begins_after_a_stop() -> None:
    stop, watch = Stop(), Stopwatch()
    with serving(Served(stop=stop)):
        with watch.stage("embed"):
            stop.ask()
        with pytest.raises(Stopped), watch.stage("search"):
            pytest.fail("the stage began")
    assert list(watch.timings_ms) == ["embed"]


def test_the_observer_is_told_of_each_stage_also_when_it_fails() -> None:
    tally, times = Tally(), iter([1.0, 1.5, 2.0, 2.25])
    watch = Stopwatch(clock=times.__next__)
    with serving(Served(observer=tally)):
        with watch.stage("embed"):
            pass
        with pytest.raises(ValueError, match="broken"), watch.stage("search"):
            raise ValueError("broken")
    assert tally.stages == [("embed", 0.5), ("search", 0.25)]


def test_ids_are_new_unless_the_request_may_be_sent_again() -> None:
    def made(key: str) -> list[str]:
        with serving(Served("one")):
            if key:
                repeatable(key)
            assert (served().id, served().key) == ("one", key)
            return [new_id("answer"), new_id("conversation")]

    assert made("k") == made("k")
    found = [each for key in ("k", "other", "", "") for each in made(key)]
    assert len(set(found)) == 8
    assert served().key == ""
