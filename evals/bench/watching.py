"""Run a process and watch its memory from outside."""

from __future__ import annotations

import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from engine.errors import BackendFailed

__all__ = ["Peak", "Watched", "mapped_mb", "peak_memory", "resident_mb", "watch"]

_TICK_S = 0.02


@dataclass(frozen=True, slots=True)
class Watched:
    """A process that came to its end: how long it took, and the most resident memory of it and its children, in MB.

    `together_mb` is the most of their sum at one moment; libraries that they share count several times.
    """

    seconds: float
    parent_mb: float
    children_mb: float
    together_mb: float


@dataclass(slots=True)
class Peak:
    """The most resident memory so far of a process, of all below it, and of their sum, in bytes."""

    parent: int = 0
    children: int = 0
    together: int = 0

    def look(self, process: psutil.Process) -> None:
        """Take the present moment into account."""
        own, others = _memory(process)
        self.parent, self.children = max(self.parent, own), max(self.children, others)
        self.together = max(self.together, own + others)


def watch(words: Sequence[str], *, limit_s: float | None = None) -> Watched:
    """Run a command and measure it; BackendFailed, with its last line, if it fails or takes longer than `limit_s`."""
    began, peak = time.perf_counter(), Peak()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(words, stdout=said, stderr=said)  # noqa: S603
        try:
            watched = psutil.Process(process.pid)
            while process.poll() is None:
                peak.look(watched)
                if limit_s is not None and time.perf_counter() - began > limit_s:
                    raise BackendFailed(f"The process took longer than {limit_s:.0f} s.", remedy="Give it more time.")
                time.sleep(_TICK_S)
        finally:
            _end(process)
        seconds = time.perf_counter() - began
        said.seek(0)
        last = said.read().decode(errors="replace").strip().splitlines()[-1:]
    if process.returncode:
        raise BackendFailed("The process failed.", remedy="".join(last))
    return Watched(seconds, peak.parent / 1e6, peak.children / 1e6, peak.together / 1e6)


@contextmanager
def peak_memory(pid: int) -> Iterator[Peak]:
    """Watch a process that runs already, until the end of the block."""
    peak, done, watched = Peak(), threading.Event(), psutil.Process(pid)

    def look() -> None:
        while not done.wait(_TICK_S):
            peak.look(watched)

    peak.look(watched)
    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process and all below it now."""
    return sum(_memory(psutil.Process(pid))) / 1e6


def mapped_mb(pid: int) -> float:
    """Return how much of that are pages of files, which the system takes back when it needs room; 0 if it cannot tell.

    An index that is mapped into memory comes to be there page by page, as far as it is read and written.
    """
    return sum(_memory(psutil.Process(pid), "shared")) / 1e6


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and what it has started, unless it has come to its end."""
    if process.poll() is None:
        for child in psutil.Process(process.pid).children(recursive=True):
            child.kill()
        process.kill()
    process.wait()


def _memory(process: psutil.Process, kind: str = "rss") -> tuple[int, int]:
    """Return the bytes of a process, and of all below it; 0 for those that have ended, or of which nothing is known."""
    try:
        own = getattr(process.memory_info(), kind, 0)
        children = process.children(recursive=True)
    except psutil.NoSuchProcess:
        return 0, 0
    total = 0
    for child in children:
        try:
            total += getattr(child.memory_info(), kind, 0)
        except psutil.NoSuchProcess:
            continue
    return own, total
