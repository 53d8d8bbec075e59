"""Timing, with a clock that the test drives."""

from __future__ import annotations

import pytest

from engine.errors import InvalidInput
from evals.bench.latency import Latency, ratio, time_calls, time_side_by_side


class Clock:
    """Time in seconds that passes only while somebody works."""

    def __init__(self) -> None:
        self.now = 0.0
        self.log: list[str] = []

    def __call__(self) -> float:
        return self.now

    def work(self, name: str, seconds: float) -> None:
        self.log.append(name)
        self.now += seconds


def test_calls_are_timed_in_milliseconds() -> None:
    clock = Clock()
    latency = time_calls(lambda ms: clock.work("call", ms / 1000), [1.0, 2.0, 3.0, 4.0], clock=clock)
    assert latency.calls == 4
    assert latency.p50_ms == pytest.approx(2.5)
    assert latency.p95_ms == pytest.approx(3.85)
    assert latency.p99_ms == pytest.approx(3.97)
    assert latency.mean_ms == pytest.approx(2.5)


def test_warm_up_calls_do_not_count() -> None:
    clock = Clock()

    def slow_at_first(_: int) -> None:
        clock.work("call", 0.001 if clock.log else 9.0)

    assert time_calls(slow_at_first, [1, 2, 3], clock=clock).p99_ms == pytest.approx(1.0)
    assert len(clock.log) == 4


def test_without_warm_up_every_call_counts() -> None:
    clock = Clock()
    time_calls(lambda _: clock.work("call", 0.001), [1, 2, 3], warm_up=0, clock=clock)
    assert len(clock.log) == 3


def test_calls_side_by_side_take_turns_in_changing_order() -> None:
    clock = Clock()
    slow, fast = time_side_by_side(
        [lambda _: clock.work("slow", 0.003), lambda _: clock.work("fast", 0.002)], "abc", warm_up=0, clock=clock
    )
    assert clock.log == ["slow", "fast", "fast", "slow", "slow", "fast"]
    assert [slow.p50_ms, fast.p50_ms] == pytest.approx([3.0, 2.0])
    assert ratio(slow, fast) == pytest.approx(1.5)


def test_calls_side_by_side_may_take_several_inputs_in_a_row() -> None:
    clock = Clock()
    latencies = time_side_by_side(
        [lambda _: clock.work("a", 0.001), lambda _: clock.work("b", 0.001)], "xyz", warm_up=0, in_a_row=2, clock=clock
    )
    assert clock.log == ["a", "a", "b", "b", "b", "a"]
    assert [each.calls for each in latencies] == [3, 3]


def test_nothing_to_time_is_refused() -> None:
    with pytest.raises(InvalidInput, match="at least one"):
        time_calls(print, [])


def test_a_ratio_to_nothing_is_refused() -> None:
    with pytest.raises(InvalidInput, match="0 ms"):
        ratio(Latency.of([1.0]), Latency.of([0.0]))


def test_the_real_clock_runs() -> None:
    assert time_calls(lambda n: sum(range(n)), [10_000] * 3).p50_ms > 0
