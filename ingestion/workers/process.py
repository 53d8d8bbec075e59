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
from ingestion.target import Parse
from ingestion.workers.child import Failed, Reply, Task, serve

__all__ = ["Bounds", "WorkerProcess"]

_TICK_S = 0.05  # between two looks at a worker that is busy
_START_S = 120.0  # the imports of a new process on a machine that is very busy
_END_S = 5.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may take: seconds, more of them for each MB (10^6 bytes) it has, and MB of resident memory."""

    seconds: float
    seconds_per_mb: float
    memory_mb: float

    def seconds_for(self, size: int) -> float:
        """Return the time that a file of `size` bytes may take."""
        return self.seconds + self.seconds_per_mb * size / 1e6


class WorkerProcess:
    """A process of its own (spawned, never forked: the parent has threads) that parses one file at a time.

    `parse` must be importable by name. Linux ends the process when the thread that made it ends.
    """

    def __init__(self, parse: Parse) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self._connection: Connection = ours
        self._process = context.Process(target=serve, args=(theirs, parse), name="knowdesk-parser", daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False
        self.tasks = 0

    def run(self, task: Task, data: bytes, *, bounds: Bounds, on_wait: Callable[[], None]) -> ParsedDocument:
        """Parse a file; `on_wait` is called all the while and may raise.

        Raises InvalidInput for a file that cannot be parsed, or not within its bounds. After anything but a proper
        reply the process is dead: see `alive`.
        """
        try:
            self._begin(on_wait)
            reply = self._answer(task, data, bounds, on_wait)
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

    def kill(self) -> None:
        """End the process at once; nothing happens if it has ended."""
        self._process.kill()
        self._process.join(_END_S)
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

    def _answer(self, task: Task, data: bytes, bounds: Bounds, on_wait: Callable[[], None]) -> Reply:
        self.tasks += 1
        allowed = bounds.seconds_for(len(data))
        deadline = time.monotonic() + allowed
        self._connection.send(task)
        self._connection.send_bytes(data)
        watched = psutil.Process(self.pid)
        while not self._connection.poll(_TICK_S):
            on_wait()
            if _resident(watched) > bounds.memory_mb * 1e6:
                raise InvalidInput(
                    f"{task.name} needed more than {bounds.memory_mb:g} MB of memory to parse.",
                    remedy="Split it, or raise KNOWDESK_PARSE_MEMORY_MB.",
                )
            if time.monotonic() > deadline:
                raise InvalidInput(
                    f"{task.name} took longer than {allowed:.3g} s to parse.",
                    remedy="Split it, or raise KNOWDESK_PARSE_TIME_LIMIT_S.",
                )
        reply: Reply = self._connection.recv()
        return reply

    def _crashed(self, name: str) -> InvalidInput:
        code = self._process.exitcode or 0
        how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        return InvalidInput(f"{name} made the parser crash ({how}).", remedy="Save it in another format.")


def _resident(process: psutil.Process) -> int:
    try:
        found: int = process.memory_info().rss
    except psutil.NoSuchProcess:
        return 0  # its end of the pipe is closed: the next poll tells
    return found


def _result(reply: Reply, name: str) -> ParsedDocument:
    if isinstance(reply, EngineError):
        raise reply
    if isinstance(reply, Failed):
        if reply.kind == MemoryError.__name__:
            raise InvalidInput(f"{name} needs more memory to parse than there is.", remedy="Split it.")
        raise InvalidInput(f"{name} cannot be parsed ({reply.kind}).", remedy="Save it in another format.")
    return reply
