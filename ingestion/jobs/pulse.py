"""Signs of life of a running job, and the way to stop it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ingestion.jobs.values import JobProgress

__all__ = ["Pulse", "Stopped"]

_PUBLISH_S = 0.5  # between two records of the progress
_CANCELLED_S = 0.3  # between two looks at whether somebody cancelled the job


class Stopped(BaseException):
    """The job is to stop at once, because it was cancelled or the process ends; no failure of anything."""


@dataclass(frozen=True, slots=True)
class _Start:
    at: float
    files: float
    pages: int
    chunks: int


class Pulse:
    """Keeps a job's progress, publishes it now and then, and raises Stopped once the job is to stop.

    `stop` is set by this process; `is_cancelled` asks what other processes recorded. Only `check` and `sleep` may be
    called by other threads than the job's own.
    """

    def __init__(
        self, publish: Callable[[JobProgress], None], is_cancelled: Callable[[], bool], stop: threading.Event
    ) -> None:
        self.progress = JobProgress()
        self._publish = publish
        self._is_cancelled = is_cancelled
        self._stop = stop
        self._start: _Start | None = None
        self._published = self._asked = float("-inf")

    def check(self) -> None:
        """Raise Stopped if the job is to stop."""
        if self._stop.is_set():
            raise Stopped

    def beat(self) -> None:
        """Give a sign of life; Stopped if the job is to stop."""
        now = time.monotonic()
        if now - self._asked >= _CANCELLED_S:
            self._asked = now
            if self._is_cancelled():
                self._stop.set()
        self.check()
        if now - self._published >= _PUBLISH_S:
            self.show()

    def note(self, **changes: object) -> None:
        """Change fields of the progress, and give a sign of life; a new phase is published at once."""
        phase = self.progress.phase
        self.progress = replace(self.progress, **changes)  # type: ignore[arg-type]
        if self.progress.phase != phase:
            self._published = float("-inf")
        self.beat()

    def show(self) -> None:
        """Publish the progress as it is, with the rates so far."""
        self._published = time.monotonic()
        self._publish(self._with_rates())

    def sleep(self, seconds: float) -> None:
        """Wait without signs of life, in any thread; Stopped if the job is to stop."""
        self._stop.wait(seconds)
        self.check()

    def pause(self, seconds: float) -> None:
        """Wait, giving signs of life."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.beat()
            self._stop.wait(min(left, _CANCELLED_S))

    def _with_rates(self) -> JobProgress:
        now, progress = time.monotonic(), self.progress
        done = progress.files + progress.parsed
        if self._start is None and progress.files_total:
            self._start = _Start(now, done, progress.pages, progress.chunks)
        if self._start is None or now - self._start.at < 1:
            return replace(progress, beat=time.time())
        seconds = now - self._start.at
        files = (done - self._start.files) / seconds
        return replace(
            progress,
            files_per_second=round(files, 3),
            pages_per_second=round(max(0, progress.pages - self._start.pages) / seconds, 3),
            chunks_per_second=round((progress.chunks - self._start.chunks) / seconds, 2),
            seconds_left=round((progress.files_total - done) / files, 1) if files > 0 else None,
            beat=time.time(),
        )
