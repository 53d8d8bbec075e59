"""Open the database and bring it up to date."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from engine.errors import Misconfigured
from engine.persistence.keyring import Keyring
from engine.persistence.migrate import migrate, present_schema
from engine.persistence.rotation import check_keys
from engine.persistence.sealed import use_keyring
from engine.persistence.transactions import WRITES

__all__ = ["check_encryption", "open_database", "schema_state"]

# WAL lets readers go on while somebody writes; NORMAL keeps every commit through the end of a process, and the
# database sound through a power cut; ten seconds is how long a writer waits for another one; what is deleted is
# overwritten with zeros
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON")


def open_database(url: str, keyring: Keyring | None = None) -> Engine:
    """Return an engine for the SQLAlchemy URL whose database has the newest schema; it encrypts with the keyring.

    Raises Misconfigured for a URL that cannot be used, a database that a newer version has written, or one that is
    encrypted with a key that is not in the keyring, and BackendFailed if the database does not answer.
    """
    engine = _connected(url)
    migrate(engine)
    check_keys(engine, keyring)
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


def _connected(url: str) -> Engine:
    try:
        parsed = make_url(url)
        engine = create_engine(parsed, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise Misconfigured(
            "The database URL cannot be used.",
            remedy="Check KNOWDESK_DATABASE_URL, and that the driver it names is installed.",
        ) from error
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Switch off the driver's own transactions, which leave out reads and changes of the schema."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that writes waits for others at once, since it could not once it has read."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
