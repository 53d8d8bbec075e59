"""What takes time to make and is often not needed, made when it is first used."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar, cast

__all__ = ["deferred"]

T = TypeVar("T")


def deferred(make: Callable[[], T]) -> T:
    """Return what stands for an object with methods that `make` returns: it is made when the first is asked for.

    Threads that ask at the same time may each make one; `make` must not mind.
    """
    return cast("T", _Deferred(make))


class _Deferred:
    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> object:
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)
