"""Take items from a source that may hang, until a point in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue

from engine.errors import BackendFailed, EngineError

__all__ = ["until"]


@dataclass(frozen=True, slots=True)
class _End:
    error: EngineError | TimeoutError | None


def until(deadline: float, items: Iterator[str]) -> Iterator[str]:
    """Yield `items`, which a thread of its own takes from their source; raises what the source raises.

    TimeoutError if the source has not ended when `time.monotonic()` reaches `deadline`; what came before it is
    yielded, however slowly it is taken. The thread ends after the item that it then waits for, as it does when this
    iterator is closed, so the source needs a time limit of its own for one item.
    """
    queue: SimpleQueue[str | _End] = SimpleQueue()
    abandoned = threading.Event()
    work = partial(copy_context().run, _fill, queue, items, deadline, abandoned)
    threading.Thread(target=work, name="until", daemon=True).start()
    try:
        while True:
            item = _next(queue, deadline)
            if isinstance(item, _End):
                break
            yield item
    finally:
        abandoned.set()
    if item.error is not None:
        raise item.error


def _next(queue: SimpleQueue[str | _End], deadline: float) -> str | _End:
    try:
        return queue.get(timeout=max(0.0, deadline - time.monotonic()))
    except Empty:
        return _End(TimeoutError())


def _fill(queue: SimpleQueue[str | _End], items: Iterator[str], deadline: float, abandoned: threading.Event) -> None:
    end = _End(BackendFailed("The source ended in an unexpected way."))
    try:
        for item in items:
            if abandoned.is_set() or time.monotonic() >= deadline:
                end = _End(TimeoutError())
                return
            queue.put(item)
        end = _End(None)
    except EngineError as error:
        end = _End(error)
    finally:
        queue.put(end)
