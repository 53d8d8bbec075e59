"""Locks on a PostgreSQL server, each held by a connection, so that the server gives it up with the process."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Final

from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from engine.errors import BackendFailed
from engine.persistence.database import lock_number
from ingestion.jobs.failures import database_failures

__all__ = ["TURN", "WORKER", "Lock", "Locks"]

TURN: Final = 0x74757266
"""Kind of lock: whoever has it writes into a knowledge base."""

WORKER: Final = 0x776F726B
"""Kind of lock: a process that does jobs has the one of its own name."""

_ASK_S: Final = 0.05
# so that the server notices within half a minute that a machine is gone, not only a process
_ALIVE: Final = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"


class Lock:
    """One lock, free at first; for one thread at a time."""

    def __init__(self, locks: Locks, kind: int, name: str) -> None:
        self._locks = locks
        self._key = (kind, lock_number(name))
        self._connection: Connection | None = None
        self._held = False
        self._again = 0.0

    def acquire(self) -> bool:
        """Take it if it is free, and tell whether it is held; BackendFailed if the server does not answer.

        While somebody else has it, the server is asked at most twenty times a second.
        """
        if not self._held and (now := time.monotonic()) >= self._again:
            self._again = now + _ASK_S
            self._held = bool(self._asked("SELECT pg_try_advisory_lock(%s, %s)", self._key))
        return self._held

    def is_held(self) -> bool:
        """Tell whether it is held still, which it is not once its connection is lost."""
        if self._held:
            with suppress(BackendFailed):
                self._asked("SELECT 1")
        return self._held

    def release(self) -> None:
        """Give it up, and close its connection; nothing happens the second time."""
        self._held, self._again = False, 0.0
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.close()  # its end gives up what it holds
            self._connection = None

    def _asked(self, statement: str, values: tuple[object, ...] = ()) -> object:
        try:
            with database_failures():
                if self._connection is None:
                    self._connection = self._locks.connect()
                return self._connection.exec_driver_sql(statement, values).scalar()
        except BackendFailed:
            self.release()
            raise


class Locks:
    """The locks of all processes that share a database; the connection must be to the server, not to a pool."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url).set(drivername="postgresql+psycopg")
        self._engine = create_engine(
            self.url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args={"options": _ALIVE, "connect_timeout": 10},
        )

    def lock(self, kind: int, name: str) -> Lock:
        """Return the lock of a kind and name, which others may hold."""
        return Lock(self, kind, name)

    def connect(self) -> Connection:
        """Open a connection of its own."""
        return self._engine.connect()
