"""What a process settles with the system: to give way to another, how its threads share memory and processors."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import warnings
from functools import cache
from typing import Final

__all__ = ["detach", "share_arenas", "trim", "wait_patiently"]

_SET_PARENT_DEATH_SIGNAL: Final = 1  # prctl(2)
_NICENESS: Final = 5  # questions are answered first
_ARENA_MAX: Final = -8  # of mallopt(3)
_ARENAS: Final = 2


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


def share_arenas() -> None:
    """Have all threads of this process share two arenas of glibc.

    With eight for each processor, as it has them otherwise, what threads have freed stays with each: a service holds
    15 % more memory, and more with every thread that does something large once. Threads of Python wait for the
    interpreter anyway before they allocate.
    """
    if sys.platform == "linux" and hasattr(_libc(), "mallopt"):
        _libc().mallopt(_ARENA_MAX, _ARENAS)


def wait_patiently() -> None:
    """Have threads of OpenMP sleep while they wait, unless OMP_WAIT_POLICY is set; before torch is imported.

    They would go round in circles for milliseconds after each step of a model, on processors that the rest of a search
    needs: on two, embedding a query beside it took 90 ms instead of 10.
    """
    if sys.platform == "linux":
        _libc().setenv(b"OMP_WAIT_POLICY", b"PASSIVE", 0)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
