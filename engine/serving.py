"""What the engine knows of the request that it works for: whether anybody still waits, who counts, what it repeats."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from engine.errors import Stopped

if TYPE_CHECKING:
    from engine.domain.answer import Answer

__all__ = ["Observer", "Served", "Stop", "new_id", "repeatable", "served", "serving"]


class Observer(Protocol):
    """Counts what happens; it is told names and numbers, and keeps nothing of what was said."""

    def stage(self, name: str, seconds: float) -> None:
        """Note that a stage ended which took so long."""
        ...

    def answered(self, answer: Answer) -> None:
        """Note an answer or an abstention."""
        ...

    def tokens(self, *, prompt: int, completion: int) -> None:
        """Note what a reply of the language model took."""
        ...


class Stop:
    """Tells a request's work, between two stages, to end: nobody waits for it any more.

    `deadline` is the time of `clock` at which it is over, None for no end.
    """

    def __init__(self, deadline: float | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._deadline = deadline
        self._clock = clock
        self._asked = threading.Event()

    def ask(self) -> None:
        """Have the work end."""
        self._asked.set()

    def check(self) -> None:
        """Raise Stopped if the work is to end."""
        if self._asked.is_set():
            raise Stopped("The client went away.")
        if self._deadline is not None and self._clock() >= self._deadline:
            raise Stopped("The request took longer than it may.", remedy="Try again, or raise request_timeout_s.")


@dataclass(frozen=True, slots=True)
class Served:
    """The request that is worked for; without one, as on the command line, nothing stops and nobody counts.

    `key` stands for an idempotency key together with what was sent under it; empty without one.
    """

    id: str = ""
    stop: Stop = field(default_factory=Stop)
    observer: Observer | None = None
    key: str = ""


_NOBODY = Served()
_current: ContextVar[Served] = ContextVar("served", default=_NOBODY)


_REPEATED = uuid.UUID("5a6b0c0e-7d0f-4f0e-9a5e-2c1d8e4b7f30")


def served() -> Served:
    """Return the request that is worked for, in this task or a thread that it started."""
    return _current.get()


@contextmanager
def serving(request: Served) -> Iterator[None]:
    """Work for a request while the block lasts."""
    token = _current.set(request)
    try:
        yield
    finally:
        _current.reset(token)


def repeatable(key: str) -> None:
    """Say that this request may be sent again under the key; it holds until the request ends."""
    _current.set(replace(served(), key=key))


def new_id(kind: str) -> str:
    """Return an id for the one thing of that kind that a request makes: another each time, but the same on repetition.

    So what a process wrote before it was killed, and could not reply, is not written twice.
    """
    key = served().key
    return str(uuid.uuid5(_REPEATED, f"{kind} {key}") if key else uuid.uuid4())
