"""One worker process as its parent sees it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

import psutil

from engine.domain.knowledge import ParsedDocument
from engine.errors import BackendFailed, EngineError, InvalidInput
from ingestion.paging import OnPage, PageDone, no_page
from ingestion.target import Parse, ParseByPages
from ingestion.workers.child import Failed, Reply, Task, serve

__all__ = ["Bounds", "OutOfMemory", "WorkerProcess"]

_TICK_S = 0.05  # between two looks at a worker that is busy
_START_S = 120.0  # the imports of a new process on a machine that is very busy
_END_S = 5.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may take: seconds, more of them for each MB (10^6 bytes) it has, and MB of resident memory.

    Of a file whose pages are told one by one, each may take that time, and so may what follows the last one.
    """

    seconds: float
    seconds_per_mb: float
    memory_mb: float

    def seconds_for(self, size: int) -> float:
        """Return the time that a file of `size` bytes, or a page of it, may take."""
        return self.seconds + self.seconds_per_mb * size / 1e6


class OutOfMemory(InvalidInput):
    """A file took more memory than there is, or than is allowed."""


class WorkerProcess:
    """A process of its own (spawned, never forked: the parent has threads) that parses one file at a time.

    `parse` must be importable by name. Linux ends the process when the thread that made it ends.
    """

    def __init__(self, parse: Parse | ParseByPages) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self._connection: Connection = ours
        self._process = context.Process(target=serve, args=(theirs, parse), name="knowdesk-parser", daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False
        self.tasks = 0

    def run(
        self, task: Task, data: bytes, *, bounds: Bounds, on_wait: Callable[[], None], on_page: OnPage = no_page
    ) -> ParsedDocument:
        """Parse a file; `on_wait` is called all the while, `on_page` for each page that is done; both may raise.

        Raises InvalidInput for a file that cannot be parsed, or not within its bounds; OutOfMemory for one that might
        be in a process that holds less. After anything but a proper reply the process is dead: see `alive`.
        """
        try:
            self._begin(on_wait)
            watch = _Watch(self.pid, task.name, bounds, len(data))
            reply = self._answer(task, data, watch, on_wait, on_page)
        except (EOFError, OSError) as error:
            self.kill()
            raise self._crashed(task.name) from error
        except BaseException:
            self.kill()
            raise
        if reply == Failed(MemoryError.__name__):
            self.kill()
        return _result(reply, task.name)

    @property
    def alive(self) -> bool:
        """Whether it can take another task."""
        return not self._connection.closed and self._process.is_alive()

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid or 0

    @property
    def resident_mb(self) -> float:
        """The memory that it holds, in MB (10^6 bytes)."""
        return _resident_mb(self.pid) if self.alive else 0.0

    def end(self) -> None:
        """End the process at once, from any thread: who waits for it in `run` finds that it has crashed."""
        self._process.kill()
        self._process.join(_END_S)

    def kill(self) -> None:
        """End the process and close the connection, which nobody else may use just now."""
        self.end()
        self._connection.close()

    def _begin(self, on_wait: Callable[[], None]) -> None:
        """Wait until the process has imported what it needs: that does not count as the first file's time."""
        deadline = time.monotonic() + _START_S
        while not self._ready:
            if self._connection.poll(_TICK_S):
                self._connection.recv()
                self._ready = True
            elif time.monotonic() > deadline:
                raise BackendFailed("A worker process does not start.", remedy="Check the load of the machine.")
            on_wait()

    def _answer(self, task: Task, data: bytes, watch: _Watch, on_wait: Callable[[], None], on_page: OnPage) -> Reply:
        self.tasks += 1
        self._connection.send(task)
        self._connection.send_bytes(data)
        while True:
            if self._connection.poll(_TICK_S):
                message: Reply | PageDone = self._connection.recv()
                if not isinstance(message, PageDone):
                    return message
                watch.turn(message)
                on_page(message)
            on_wait()
            watch.check()

    def _crashed(self, name: str) -> InvalidInput:
        code = self._process.exitcode or 0
        if code == -signal.SIGKILL:
            return OutOfMemory(
                f"{name}: the system ended the parser (SIGKILL), as it does when memory runs out.",
                remedy="Split it, or see to it that the machine has more memory.",
            )
        how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        return InvalidInput(f"{name} made the parser crash ({how}).", remedy="Save it in another format.")


class _Watch:
    """Sees to it that a file stays within its bounds."""

    def __init__(self, pid: int, name: str, bounds: Bounds, size: int) -> None:
        self._pid = pid
        self._name = name
        self._memory_mb = bounds.memory_mb
        self._allowed = bounds.seconds_for(size)
        self._at = "to parse"
        self._deadline = time.monotonic() + self._allowed

    def turn(self, page: PageDone) -> None:
        """Begin the time of what follows this page."""
        is_last = page.number >= page.total
        self._at = "after its last page" if is_last else f"for page {page.number + 1} of {page.total}"
        self._deadline = time.monotonic() + self._allowed

    def check(self) -> None:
        """Raise InvalidInput if it is beyond its bounds."""
        if _resident_mb(self._pid) > self._memory_mb:
            raise OutOfMemory(
                f"{self._name} needed more than {self._memory_mb:g} MB of memory to parse.",
                remedy="Split it, or raise KNOWDESK_PARSE_MEMORY_MB.",
            )
        if time.monotonic() > self._deadline:
            raise InvalidInput(
                f"{self._name} took longer than {self._allowed:.3g} s {self._at}.",
                remedy="Split it, or raise KNOWDESK_PARSE_TIME_LIMIT_S.",
            )


def _resident_mb(pid: int) -> float:
    try:
        return float(psutil.Process(pid).memory_info().rss) / 1e6
    except psutil.NoSuchProcess:
        return 0.0  # it has ended, and its end of the pipe is closed: the next poll tells


def _result(reply: Reply, name: str) -> ParsedDocument:
    if isinstance(reply, EngineError):
        raise reply
    if isinstance(reply, Failed):
        if reply.kind == MemoryError.__name__:
            raise OutOfMemory(f"{name} needs more memory to parse than there is.", remedy="Split it.")
        raise InvalidInput(f"{name} cannot be parsed ({reply.kind}).", remedy="Save it in another format.")
    return reply
