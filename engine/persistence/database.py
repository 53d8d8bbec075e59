"""Open the database and bring it up to date."""

from __future__ import annotations

import zlib
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from engine.errors import Misconfigured
from engine.persistence.keyring import Keyring
from engine.persistence.migrate import migrate, present_schema
from engine.persistence.rotation import check_keys
from engine.persistence.sealed import use_keyring
from engine.persistence.transactions import WRITES

__all__ = ["check_encryption", "lock_number", "open_database", "schema_state"]

# WAL lets readers go on while somebody writes; NORMAL keeps every commit through the end of a process, and the
# database sound through a power cut; ten seconds is how long a writer waits for another one; what is deleted is
# overwritten with zeros
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON")


# keys of PostgreSQL's advisory locks: of all writers, and of those in one line
ALL_WRITERS, ONE_LINE = 0x6B6E6F77, 0x6465736B
WAIT_FOR_ALL = "SELECT pg_advisory_xact_lock(%s, 0)"
WAIT_FOR_LINE = "SELECT pg_advisory_xact_lock_shared(%s, 0), pg_advisory_xact_lock(%s, %s)"


def open_database(url: str, keyring: Keyring | None = None, *, connections: int = 10) -> Engine:
    """Return an engine for the SQLAlchemy URL whose database has the newest schema; it encrypts with the keyring.

    To a server it holds at most so many `connections`; who finds none free waits for half a minute.

    Raises Misconfigured for a URL that cannot be used, a database that a newer version has written, or one that is
    encrypted with a key that is not in the keyring, and BackendFailed if the database does not answer.
    """
    engine = _connected(url, connections)
    try:
        migrate(engine)
        check_keys(engine, keyring)
    except BaseException:
        engine.dispose()
        raise
    use_keyring(engine, keyring)
    return engine


def schema_state(url: str) -> tuple[str | None, str]:
    """Return the schema that the database has, None for an empty one, and the newest; nothing is changed.

    Raises what `open_database` does.
    """
    engine = _connected(url)
    try:
        return present_schema(engine)
    finally:
        engine.dispose()


def check_encryption(url: str, keyring: Keyring | None) -> None:
    """Raise Misconfigured if the database, whose schema is the newest, needs a key that is not in the keyring."""
    engine = _connected(url)
    try:
        check_keys(engine, keyring, remember=False)
    finally:
        engine.dispose()


def _connected(url: str, connections: int = 1) -> Engine:
    try:
        parsed = make_url(url)
        engine = create_engine(parsed, hide_parameters=True, **_pool(parsed, connections))
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise Misconfigured(
            "The database URL cannot be used.",
            remedy="Check KNOWDESK_DATABASE_URL, and that the driver it names is installed.",
        ) from error
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    elif parsed.get_backend_name() == "postgresql":
        event.listen(engine, "begin", _wait)
    return engine


def _pool(url: URL, connections: int) -> dict[str, Any]:
    """Return how a server is connected to: readers see one state, and connections that it closed are made anew."""
    if url.get_backend_name() != "postgresql":
        return {}
    return {
        "isolation_level": "REPEATABLE READ",
        "pool_size": connections,
        "max_overflow": 0,
        "pool_pre_ping": True,
        "pool_recycle": 1800,
    }


def lock_number(name: str) -> int:
    """Return the key of a PostgreSQL advisory lock for a name, a signed number of 32 bits; few names share one."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) - 2**31


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Switch off the driver's own transactions, which leave out reads and changes of the schema."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that writes waits for others at once, since it could not once it has read."""
    writes = WRITES in connection.get_execution_options()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _wait(connection: Connection) -> None:
    """Let one that writes wait for the writers that it must not run beside; the lock goes with the transaction."""
    line = connection.get_execution_options().get(WRITES)
    if line:
        connection.exec_driver_sql(WAIT_FOR_LINE, (ALL_WRITERS, ONE_LINE, lock_number(line)))
    elif line is not None:
        connection.exec_driver_sql(WAIT_FOR_ALL, (ALL_WRITERS,))
