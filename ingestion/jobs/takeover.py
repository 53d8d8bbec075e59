"""Several processes over one record of jobs: each is seen while it lives; when it is gone, others take over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from typing import Final

from engine.errors import BackendFailed
from engine.observability import get_logger
from ingestion.jobs.locks import WORKER, Locks

__all__ = ["Takeover"]

logger = get_logger(__name__)

_LOOK_S: Final = 1.0  # between two looks at who is gone
_PRESENT_S: Final = 30.0  # how long another process may hold our name: it is taking over what we left


class Takeover:
    """Holds the lock with this process's name, and asks for the jobs of those whose locks are free.

    `busy` returns the names of the processes that jobs are under way in, `recover` queues the jobs of one of them
    anew, `stop` ends those of this process: it is called when the lock was lost, since others may have them by then.
    """

    def __init__(
        self,
        locks: Locks,
        name: str,
        *,
        busy: Callable[[], Collection[str]],
        recover: Callable[[str], None],
        stop: Callable[[], None],
    ) -> None:
        self._locks, self._name = locks, name
        self._busy, self._recover, self._stop = busy, recover, stop
        self._presence = locks.lock(WORKER, name)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="takeover", daemon=True)

    def present(self) -> None:
        """Be seen by others; to be called before the first job is begun. BackendFailed if another has the name."""
        deadline = time.monotonic() + _PRESENT_S
        while not self._presence.acquire():
            if time.monotonic() > deadline:
                raise BackendFailed("Another process does jobs for this data folder.", remedy="Stop it first.")
            time.sleep(0.05)

    def start(self) -> None:
        """Begin to look after the jobs of others."""
        self._thread.start()

    def close(self) -> None:
        """Stop looking, and let others have what is left; nothing happens the second time."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()
        self._presence.release()

    def _run(self) -> None:
        while not self._ending.wait(_LOOK_S):
            try:
                self.look()
            except BackendFailed as error:
                logger.warning("jobs of other processes cannot be looked after: %s", error)

    def look(self) -> None:
        """Take over what those left who are gone."""
        if not self._presence.is_held():
            self._stop()
            if not self._presence.acquire():
                return
            self._recover(self._name)
        for name in self._busy():
            if name != self._name:
                self._take_over(name)

    def _take_over(self, name: str) -> None:
        """Queue the jobs of a process anew if it is gone; its lock keeps others from doing so at the same time."""
        lock = self._locks.lock(WORKER, name)
        try:
            if lock.acquire():
                logger.warning("taking over the jobs of %s", name)
                self._recover(name)
        finally:
            lock.release()
