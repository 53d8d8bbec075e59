"""Turns in the order of coming."""

from __future__ import annotations

from collections import deque
from threading import Lock
from types import TracebackType

__all__ = ["FairTurns"]


class FairTurns:
    """Lets so many threads at a time into a block, those first who came first.

    A semaphore of the library lets in whoever finds it free, so that some wait several times as long as others.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: deque[Lock] = deque()
        self._lock = Lock()

    def __enter__(self) -> None:
        """Wait for a turn."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        try:
            mine.acquire()
        except BaseException:
            self._given_up(mine)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hand the turn to who has waited longest."""
        with self._lock:
            self._next()

    def _given_up(self, mine: Lock) -> None:
        with self._lock:
            if mine in self._waiting:
                self._waiting.remove(mine)
            else:
                self._next()

    def _next(self) -> None:
        if self._waiting:
            self._waiting.popleft().release()
        else:
            self._free += 1
