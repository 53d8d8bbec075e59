"""The database as a storage of the library `limits`, for processes that share nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import cached_property
from typing import TYPE_CHECKING

from limits.storage import SlidingWindowCounterSupport, Storage

from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.persistence.rate_windows import SqlRateWindows

__all__ = ["DatabaseStorage"]


class DatabaseStorage(Storage, SlidingWindowCounterSupport):
    """Counts in sliding windows; the database is opened at the first call, by `open`."""

    STORAGE_SCHEME = None

    def __init__(self, open: Callable[[], AbstractContextManager[SqlRateWindows]]) -> None:
        super().__init__(wrap_exceptions=True)
        self._open = open
        self._resources = ExitStack()

    @cached_property
    def _windows(self) -> SqlRateWindows:
        return self._resources.enter_context(self._open())

    def close(self) -> None:
        """Close the database."""
        self._resources.close()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the library turns into its own error."""
        return EngineError

    def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count calls unless they are too many, and tell whether they were counted."""
        return self._windows.take(key, amount, limit=limit, window_s=expiry, now=time.time())

    def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        """Return the counts of the last window and the present one, each with its seconds left."""
        return self._windows.counted(key, window_s=expiry, now=time.time())

    def clear_sliding_window(self, key: str, expiry: int) -> None:  # noqa: ARG002
        """Let the calls of a key count for nothing."""
        self._windows.forget(key)

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Do nothing: of use in fixed windows only."""
        raise NotImplementedError

    def get(self, key: str) -> int:
        """Do nothing: of use in fixed windows only."""
        raise NotImplementedError

    def get_expiry(self, key: str) -> float:
        """Do nothing: of use in fixed windows only."""
        raise NotImplementedError

    def check(self) -> bool:
        """Tell whether calls can be counted."""
        return bool(self._windows)

    def reset(self) -> int | None:
        """Do nothing: nobody asks for it."""
        raise NotImplementedError

    def clear(self, key: str) -> None:
        """Let the calls of a key count for nothing."""
        self._windows.forget(key)
