"""Time calls one after another and compare their medians."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.errors import InvalidInput
from evals.metrics import percentile

__all__ = ["Latency", "ratio", "time_calls", "time_side_by_side"]

T = TypeVar("T")
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Latency:
    """Times of `calls` calls in milliseconds."""

    calls: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    mean_ms: float

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> Latency:
        """Summarise a sample; InvalidInput if it is empty."""
        p50, p95, p99 = (percentile(milliseconds, q) for q in (50, 95, 99))
        return cls(len(milliseconds), p50, p95, p99, sum(milliseconds) / len(milliseconds))


def time_calls(
    call: Callable[[T], object], inputs: Sequence[T], *, warm_up: int = 1, clock: Clock = time.perf_counter
) -> Latency:
    """Time `call` on each input, after `warm_up` calls that do not count; InvalidInput without inputs."""
    (latency,) = time_side_by_side([call], inputs, warm_up=warm_up, clock=clock)
    return latency


def time_side_by_side(
    calls: Sequence[Callable[[T], object]],
    inputs: Sequence[T],
    *,
    warm_up: int = 1,
    in_a_row: int = 1,
    clock: Clock = time.perf_counter,
) -> tuple[Latency, ...]:
    """Time several calls on so many inputs at a time in turn, so that all meet the same load of the machine.

    The order of the calls reverses with every turn: none is always the one that finds warm caches.
    """
    for value in inputs[:warm_up]:
        for call in calls:
            call(value)
    times: list[list[float]] = [[] for _ in calls]
    for turn, begin in enumerate(range(0, len(inputs), in_a_row)):
        order = range(len(calls)) if turn % 2 == 0 else reversed(range(len(calls)))
        for index in order:
            for value in inputs[begin : begin + in_a_row]:
                started = clock()
                calls[index](value)
                times[index].append((clock() - started) * 1000)
    return tuple(Latency.of(each) for each in times)


def ratio(part: Latency, whole: Latency) -> float:
    """Return median of `part` / median of `whole`; InvalidInput if the latter is 0."""
    if whole.p50_ms == 0:
        raise InvalidInput("A median of 0 ms cannot be compared with.", remedy="Time something slower.")
    return part.p50_ms / whole.p50_ms
