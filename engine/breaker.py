"""Leave a service alone for a while after it has failed several times in a row."""

from __future__ import annotations

import threading
import time

__all__ = ["Breaker"]


class Breaker:
    """Counts failures in a row; after `limit` of them nothing is tried for `pause_s`, then one try at a time.

    A circuit breaker (Nygard, Release It!, 2007). May be used by several threads.
    """

    def __init__(self, *, limit: int = 3, pause_s: float = 20.0) -> None:
        self._limit = limit
        self._pause_s = pause_s
        self._failures = 0
        self._closed_until = 0.0
        self._lock = threading.Lock()

    def allows(self) -> bool:
        """Tell whether to try now; whoever is told so while the service is in doubt is the only one for a pause."""
        with self._lock:
            if self._failures < self._limit:
                return True
            now = time.monotonic()
            if now < self._closed_until:
                return False
            self._closed_until = now + self._pause_s
            return True

    def succeeded(self) -> None:
        """Note that a try went well."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Note that a try failed."""
        with self._lock:
            self._failures += 1
            self._closed_until = time.monotonic() + self._pause_s
