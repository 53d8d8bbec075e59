"""What every evaluation reports, and how it is written."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from evals.subject import Setting

__all__ = ["Stopwatch", "Summary", "Track", "mean", "quiet"]

T = TypeVar("T")


class Track(Protocol):
    """Shows how far an iteration has come."""

    def __call__(self, items: Iterable[T], *, total: int, description: str) -> Iterator[T]:
        """Yield the items unchanged."""
        ...


def quiet(items: Iterable[T], *, total: int, description: str) -> Iterator[T]:  # noqa: ARG001
    """Yield the items and show nothing."""
    yield from items


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcome of a run: `metrics` by name, the `settings` it ran under, the `seconds` it took in all."""

    dataset: str
    split: str
    queries: int
    metrics: Mapping[str, float]
    settings: Mapping[str, Setting]
    seconds: float

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints; metrics to six decimals."""
        return {
            "dataset": self.dataset,
            "split": self.split,
            "queries": self.queries,
            "metrics": {name: round(value, 6) for name, value in self.metrics.items()},
            "settings": dict(self.settings),
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Time since it was made, in seconds."""

    started: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """Seconds so far."""
        return time.perf_counter() - self.started


def mean(values: Iterable[float]) -> float:
    """Return the arithmetic mean, 0 where there are no values."""
    listed = tuple(values)
    return sum(listed) / len(listed) if listed else 0.0
