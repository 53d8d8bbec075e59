"""One writer in a knowledge base at a time."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

__all__ = ["Ticket", "Turns"]

_TICK_S = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Ticket:
    """A place in the line of a knowledge base."""

    knowledge_base: str


class Turns:
    """Lets jobs and requests write in turn, first come, first served; a job gives way after every block of files."""

    def __init__(self) -> None:
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
        ticket = Ticket(knowledge_base)
        with self._lock:
            self._lines[knowledge_base].append(ticket)
        return ticket

    def is_due(self, ticket: Ticket) -> bool:
        """Tell whether it is the ticket's turn."""
        with self._lock:
            return self._lines[ticket.knowledge_base][0] is ticket

    def leave(self, ticket: Ticket) -> None:
        """Let the next one in."""
        with self._lock:
            line = self._lines[ticket.knowledge_base]
            line.remove(ticket)
            if not line:
                del self._lines[ticket.knowledge_base]
