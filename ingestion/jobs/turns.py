"""One writer in a knowledge base at a time."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ingestion.jobs.locks import TURN, Lock, Locks

__all__ = ["Ticket", "Turns"]

_TICK_S = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Ticket:
    """A place in the line of a knowledge base; whose turn it is in this process needs the lock that all share."""

    knowledge_base: str
    lock: Lock | None = None


class Turns:
    """Lets jobs and requests write in turn, first come, first served; a job gives way after every block of files.

    With `locks`, this process and others that share a database take turns, in no particular order.
    """

    def __init__(self, locks: Locks | None = None) -> None:
        self._locks = locks
        self._lines: defaultdict[str, deque[Ticket]] = defaultdict(deque)
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, knowledge_base: str, *, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Wait until the knowledge base is free and keep it; `on_wait` is called all the while and may raise."""
        ticket = self.ask(knowledge_base)
        try:
            while not self.is_due(ticket):
                on_wait()
                time.sleep(_TICK_S)
            yield
        finally:
            self.leave(ticket)

    def ask(self, knowledge_base: str) -> Ticket:
        """Stand in line; whoever does must `leave`."""
        ticket = Ticket(knowledge_base, self._locks.lock(TURN, knowledge_base) if self._locks else None)
        with self._lock:
            self._lines[knowledge_base].append(ticket)
        return ticket

    def is_due(self, ticket: Ticket) -> bool:
        """Tell whether it is the ticket's turn; BackendFailed if the server with the locks does not answer."""
        with self._lock:
            first = self._lines[ticket.knowledge_base][0] is ticket
        return first and (ticket.lock is None or ticket.lock.acquire())

    def leave(self, ticket: Ticket) -> None:
        """Let the next one in."""
        if ticket.lock is not None:
            ticket.lock.release()
        with self._lock:
            line = self._lines[ticket.knowledge_base]
            line.remove(ticket)
            if not line:
                del self._lines[ticket.knowledge_base]
