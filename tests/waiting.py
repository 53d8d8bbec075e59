"""Wait for what goes on in other threads and processes, for long enough on a busy machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

__all__ = ["PATIENCE_S", "until"]

PATIENCE_S: Final = 120.0
T = TypeVar("T")


def until(look: Callable[[], T], is_so: Callable[[T], object] = bool, *, pause_s: float = 0.02) -> T:
    """Return what a look gives once it `is_so`; fail with it after two minutes."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so(found := look()):
        assert time.monotonic() < deadline, found
        time.sleep(pause_s)
    return found
