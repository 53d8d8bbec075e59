"""Transactions for reading and for writing, and what their failures are called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from engine.errors import BackendFailed, Conflict, InvalidInput

__all__ = ["WRITES", "reading", "truncate_log", "writing"]

WRITES = "knowdesk_writes"  # execution option of connections that are going to write: their line


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose statements all see the same state."""
    with _failures(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, *, line: str = "") -> Iterator[Connection]:
    """Give a connection whose changes are committed together at the end, or not at all if an error leaves it.

    Writers take turns, so that what one has read holds until it is done. On a server, those with a `line` wait only
    for others in the same line and for those without one: a line must name all that they look at and change.
    """
    with _failures(), engine.connect() as connection:
        level = {"isolation_level": "READ COMMITTED"} if engine.dialect.name == "postgresql" else {}
        connection.execution_options(**{WRITES: line}, **level)
        with connection.begin():
            yield connection


def truncate_log(engine: Engine) -> None:
    """Move what SQLite wrote ahead into the database and empty its log, which holds older states of pages.

    Readers that are in a transaction put it off; the log is then emptied when the next one asks for it. Databases on
    servers see to their files on their own.
    """
    if engine.dialect.name == "sqlite":
        with _failures(), closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise Conflict("Somebody else changed the same data.", remedy="Try again.") from error
    except (DataError, OverflowError) as error:
        raise InvalidInput("A number is larger than the database can keep.", remedy="Send a smaller one.") from error
    except (DBAPIError, PoolExhausted) as error:
        raise BackendFailed(
            "The database failed.", remedy="Check the disk's free space and rights, or KNOWDESK_DATABASE_URL."
        ) from error
