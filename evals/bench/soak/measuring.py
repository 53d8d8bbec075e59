"""A soak in windows of time: what each was like, and whether the last ones are like the early ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median

import psutil

from evals.bench.latency import Latency
from evals.bench.service import HttpApi
from evals.bench.soak.traffic import clients_of, working
from evals.bench.watching import mapped_mb, resident_mb

__all__ = ["Drift", "Window", "bench_soak", "drift"]

LEAST_WINDOWS = 4
MEMORY = 1.1
"""Memory is flat if the last quarter of the windows needs at most so many times that of the second."""
TIME = 1.25
"""Times are flat if the median of the last quarter is at most so many times that of the second."""


@dataclass(frozen=True, slots=True)
class Window:
    """So many seconds of a soak: times by task, faults, and what the service held at the end.

    `memory_mb` is its own memory; `mapped_mb` are pages of files, which the system can take back.
    """

    ended_s: float
    latency: Mapping[str, Latency]
    faults: Mapping[str, int]
    memory_mb: float
    mapped_mb: float
    disk_mb: float
    open_files: int
    threads: int


@dataclass(frozen=True, slots=True)
class Drift:
    """Medians of the last quarter of the windows over those of the second; the first is for warming up."""

    memory: float
    open_files: float
    threads: float
    p50: Mapping[str, float]

    @property
    def flat(self) -> bool:
        """Whether nothing grew by more than chance would explain."""
        held = max(self.memory, self.open_files, self.threads)
        return held <= MEMORY and all(each <= TIME for each in self.p50.values())

    def as_json(self) -> dict[str, object]:
        """Return the part of the document that `--json` prints."""
        return {**asdict(self), "flat": self.flat}


def bench_soak(
    api: HttpApi,
    questions: Sequence[str],
    data_dir: Path,
    *,
    seconds: float,
    window_s: float,
    say: Callable[[str], None],
) -> Iterator[Window]:
    """Put mixed work on the service for so long and yield each window; the data folder is measured, not touched."""
    url, process = str(api.client.base_url), psutil.Process(api.pid)
    with working(clients_of(api.knowledge_base, questions), url) as seen:
        began = time.perf_counter()
        for number in range(1, max(1, round(seconds / window_s)) + 1):
            say(f"window {number}")
            time.sleep(max(0.0, began + number * window_s - time.perf_counter()))
            times, faults = seen.taken()
            mapped = mapped_mb(api.pid)
            yield Window(
                time.perf_counter() - began,
                {task: Latency.of(each) for task, each in sorted(times.items())},
                dict(faults),
                resident_mb(api.pid) - mapped,
                mapped,
                _size(data_dir) / 1e6,
                process.num_fds(),
                process.num_threads(),
            )


def drift(windows: Sequence[Window]) -> Drift | None:
    """Compare the quarters; None for fewer than four windows."""
    if len(windows) < LEAST_WINDOWS:
        return None
    quarter = len(windows) // 4
    early, late = windows[quarter : 2 * quarter], windows[-quarter:]

    def grown(value: Callable[[Window], float]) -> float:
        return median(map(value, late)) / median(map(value, early))

    common = set.intersection(*({*each.latency} for each in (*early, *late)))
    return Drift(
        grown(lambda window: window.memory_mb),
        grown(lambda window: window.open_files),
        grown(lambda window: window.threads),
        {task: grown(partial(_p50, task)) for task in sorted(common)},
    )


def _p50(task: str, window: Window) -> float:
    return window.latency[task].p50_ms


def _size(folder: Path) -> int:
    """Return the bytes of all files; those that vanish meanwhile count nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total
