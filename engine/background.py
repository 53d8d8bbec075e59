"""Processes that work beside the one that serves."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import warnings
from functools import cache
from typing import Final

__all__ = ["detach", "trim"]

_SET_PARENT_DEATH_SIGNAL: Final = 1  # prctl(2)
_NICENESS: Final = 5  # questions are answered first


def detach() -> None:
    """Leave the terminal and its signals to the parent, give way to it, and die with it, whatever a library does then.

    For a process of its own, as the first thing that it does. Linux ends it when the thread that made it ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    warnings.simplefilter("ignore")
    os.nice(_NICENESS)
    if sys.platform == "linux":
        _libc().prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def trim() -> None:
    """Give memory that is free back to the system: glibc keeps it, hundreds of MB after a page was read by OCR."""
    if sys.platform == "linux" and hasattr(_libc(), "malloc_trim"):
        _libc().malloc_trim(0)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
