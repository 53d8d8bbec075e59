"""A few worker processes that are kept warm.

Neither `concurrent.futures` nor `multiprocessing.Pool` can end one task that hangs: the first declares the whole pool
broken, the second never finds out that a worker died.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, LifoQueue
from types import TracebackType
from typing import Protocol, Self

from engine.domain.knowledge import ParsedDocument
from engine.errors import BackendFailed
from ingestion.paging import OnPage, document_of, no_page
from ingestion.parsing import Limits, parse_by_pages
from ingestion.target import Parse, ParseByPages
from ingestion.workers.child import Task
from ingestion.workers.process import Bounds, OutOfMemory, WorkerProcess

__all__ = ["NoPool", "OnWait", "ParsePool", "WorkerPool"]

_TICK_S = 0.05
_RESTING = 0.6  # of the memory limit: a process that holds as much between two files is replaced
OnWait = Callable[[], None]


def _nothing() -> None:
    """Wait without doing anything."""


class ParsePool(Protocol):
    """Parses several files at a time."""

    @property
    def size(self) -> int:
        """How many at a time."""
        ...

    def parse(
        self, data: bytes, *, name: str, limits: Limits, on_wait: OnWait = _nothing, on_page: OnPage = no_page
    ) -> ParsedDocument:
        """Return the document in `data`, or raise InvalidInput.

        `on_wait` is called while it waits, `on_page` for each page that is done; both may raise.
        """
        ...

    def close(self) -> None:
        """End whatever it started."""
        ...


@dataclass(frozen=True, slots=True)
class NoPool:
    """Parses in this process, without limits of time and memory; for tests and small tools."""

    inner: Parse | ParseByPages = parse_by_pages
    size: int = 1

    def parse(
        self, data: bytes, *, name: str, limits: Limits, on_wait: OnWait = _nothing, on_page: OnPage = no_page
    ) -> ParsedDocument:
        """Parse a file after one call of `on_wait`."""
        on_wait()
        return document_of(self.inner(data, name=name, limits=limits), on_page)

    def close(self) -> None:
        """Do nothing."""


class WorkerPool:
    """Parses files in at most `size` processes, each started when it is first needed; safe to use from threads.

    A process that hangs, crashes or eats memory is ended and replaced; one that served `tasks_per_worker` files, or
    holds much memory after one, is replaced too, so that what libraries leak stays small. `time_limit_s` is for a
    file, or for one page of those that are parsed page by page; each MB of the file gives it `seconds_per_mb` on top.
    """

    def __init__(
        self,
        size: int = 2,
        *,
        time_limit_s: float = 120.0,
        seconds_per_mb: float = 10.0,
        memory_limit_mb: float = 1024.0,
        tasks_per_worker: int = 500,
        parse: Parse | ParseByPages = parse_by_pages,
    ) -> None:
        self.size = size
        self._bounds = Bounds(time_limit_s, seconds_per_mb, memory_limit_mb)
        self._tasks_per_worker = tasks_per_worker
        self._parse = parse
        self._places: LifoQueue[WorkerProcess | None] = LifoQueue()
        for _ in range(size):
            self._places.put(None)
        self._living: set[WorkerProcess] = set()
        self._lock = threading.Lock()
        self._closed = False
        # the one thread that starts processes, because they end with the thread that started them
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="knowdesk-starter")

    def parse(
        self, data: bytes, *, name: str, limits: Limits, on_wait: OnWait = _nothing, on_page: OnPage = no_page
    ) -> ParsedDocument:
        """Parse a file in the next process that is free; `on_wait` is called all the while and may raise.

        A file that runs out of memory in a process that has served others is parsed once more, in a new one. Raises
        InvalidInput, naming the file and a remedy, if it cannot be parsed or not within its limits.
        """
        task = Task(name, limits)
        worker = self._take(on_wait)
        try:
            worker = self._started(worker)
            try:
                return worker.run(task, data, bounds=self._bounds, on_wait=on_wait, on_page=on_page)
            except OutOfMemory:
                if worker.tasks == 1 or self._closed:
                    raise
            worker = self._started(worker)
            return worker.run(task, data, bounds=self._bounds, on_wait=on_wait, on_page=on_page)
        finally:
            self._give_back(worker)

    def pids(self) -> tuple[int, ...]:
        """Return the ids of the processes that live, for whoever measures them."""
        with self._lock:
            return tuple(worker.pid for worker in self._living)

    def close(self) -> None:
        """End all processes; a file that is being parsed fails."""
        with self._lock:
            self._closed = True
            living = tuple(self._living)
        for worker in living:
            worker.end()
        self._starter.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take(self, on_wait: OnWait) -> WorkerProcess | None:
        while True:
            try:
                return self._places.get(timeout=_TICK_S)
            except Empty:
                on_wait()

    def _started(self, worker: WorkerProcess | None) -> WorkerProcess:
        if worker is not None and worker.alive:
            return worker
        with self._lock:
            if self._closed:
                raise BackendFailed("The worker processes have ended.", remedy="Start again.")
            if worker is not None:
                self._living.discard(worker)
            started = self._starter.submit(WorkerProcess, self._parse).result()
            self._living.add(started)
        return started

    def _give_back(self, worker: WorkerProcess | None) -> None:
        if worker is not None and (not worker.alive or self._is_worn(worker)):
            worker.kill()
            with self._lock:
                self._living.discard(worker)
            worker = None
        self._places.put(worker)

    def _is_worn(self, worker: WorkerProcess) -> bool:
        return worker.tasks >= self._tasks_per_worker or worker.resident_mb > _RESTING * self._bounds.memory_mb
