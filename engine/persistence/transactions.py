"""Transactions for reading and for writing, and what their failures are called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.errors import BackendFailed, Conflict

__all__ = ["WRITES", "reading", "writing"]

WRITES = "knowdesk_writes"  # execution option of connections that are going to write


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose statements all see the same state."""
    with _failures(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose changes are committed together at the end, or not at all if an error leaves it."""
    with _failures(), engine.connect() as connection:
        connection.execution_options(**{WRITES: True})
        with connection.begin():
            yield connection


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise Conflict("Somebody else changed the same data.", remedy="Try again.") from error
    except DBAPIError as error:
        raise BackendFailed(
            "The database failed.", remedy="Check the disk's free space and rights, or KNOWDESK_DATABASE_URL."
        ) from error
