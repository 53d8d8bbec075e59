"""A PostgreSQL server in the place of SQLite files: what would open a file gets a database of its own there."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any, Final

import psycopg
from dbos import DBOS
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from engine.persistence import database
from engine.persistence.database import open_database
from ingestion.jobs.system import System

__all__ = ["Postgres", "bytes_kept", "environment", "server_url"]

_MARK: Final = "postgres "  # what a file holds that stands for a database on the server
_EMPTY: Final = """
    SET session_replication_role = replica;
    SET lock_timeout = '1s';
    DO $$ DECLARE here record; BEGIN
    FOR here IN SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'dbos')
    AND tablename NOT IN ('alembic_version', 'dbos_migrations') LOOP
    EXECUTE format('DELETE FROM %I.%I', here.schemaname, here.tablename);
    END LOOP; END $$
"""
_HAS_JOBS: Final = "SELECT EXISTS (SELECT FROM dbos.queues) OR EXISTS (SELECT FROM dbos.workflow_status)"
_TABLES: Final = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'dbos')"
_SCHEMA: Final = """
    SELECT md5(string_agg(concat_ws(' ', table_name, column_name, data_type, is_nullable), ','
    ORDER BY table_schema, table_name, column_name)) || (SELECT version_num FROM alembic_version)
    FROM information_schema.columns
    WHERE table_schema IN ('public', 'dbos')
"""


def server_url() -> str:
    """Return the server that KNOWDESK_TEST_DATABASE_URL names, such as postgresql+psycopg://me@127.0.0.1/postgres."""
    return os.environ.get("KNOWDESK_TEST_DATABASE_URL", "")


def environment(data_dir: Path) -> dict[str, str]:
    """Return the environment of a process that shares a data folder, whose database may stand on the server."""
    if not server_url():
        return dict(os.environ)
    data_dir.mkdir(parents=True, exist_ok=True)
    url = database._connected(f"sqlite:///{data_dir / 'knowdesk.db'}").url
    return {**os.environ, "KNOWDESK_DATABASE_URL": url.render_as_string(hide_password=False)}


def bytes_kept(folder: Path) -> bytes:
    """Return the bytes of all files in a folder and of all rows in the databases that files stand for."""
    return b"".join(map(_bytes_of, filter(Path.is_file, folder.rglob("*"))))


def _bytes_of(file: Path) -> bytes:
    content = file.read_bytes()
    if not content.startswith(_MARK.encode()):
        return content
    url = make_url(server_url()).set(drivername="postgresql", database=content.decode().removeprefix(_MARK))
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        return b"".join(_rows(connection, name) for (name,) in connection.execute(_TABLES).fetchall())


def _rows(connection: psycopg.Connection[Any], table: str) -> bytes:
    statement = f"COPY {table} TO STDOUT (FORMAT binary)"
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copied:
        return b"".join(map(bytes, copied))


class Postgres:
    """Databases on a server, copies of one that was migrated once; a copied file stands for a copy of its own.

    Those of tests that are over are emptied and used again: to make one takes a quarter of a second. The role must be
    allowed to create databases and to switch off triggers.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._files: dict[Path, str] = {}
        self._free: list[str] = []
        self._prefix = f"kd_{uuid.uuid4().hex[:8]}"
        self._made = 0
        self._connect = database._connected
        self.template = self._create("")
        open_database(self.url(self.template)).dispose()
        DBOS.migrate(System(Path(), self.url(self.template)).url)
        self._schema = self._run(self.template, _SCHEMA)

    def url(self, name: str) -> str:
        """Return the address of a database."""
        return self._url.set(database=name).render_as_string(hide_password=False)

    def url_of(self, file: Path) -> str:
        """Return the address of the database that the file stands for; it is made if the file is new."""
        if file in self._files and file.exists():
            return self.url(self._files[file])
        if file.exists():
            name = self._create(file.read_text(encoding="ascii").removeprefix(_MARK))
        else:
            name = self._free.pop() if self._free else self._create(self.template)
        self._files[file] = name
        file.write_text(_MARK + name, encoding="ascii")
        return self.url(name)

    def connected(self, url: str, connections: int = 5) -> Engine:
        """Stand in for what opens databases; files that SQLite made, or that cannot be there, are left to SQLite."""
        return self._connect(self._moved(url), connections)

    def holds(self, url: str) -> bool:
        """Tell whether a database is one of these."""
        return (make_url(url).database or "").startswith(self._prefix)

    def has_jobs(self, url: str) -> bool:
        """Stand in for what looks for the tables of jobs, which are there from the first in a copy."""
        return bool(self._run(make_url(url).database or "", _HAS_JOBS))

    def sweep(self, folder: Path | None = None) -> None:
        """Take back the databases whose files are gone, or lie in `folder`."""
        for file, name in tuple(self._files.items()):
            if not file.exists() or (folder is not None and file.is_relative_to(folder)):
                del self._files[file]
                if self._emptied(name):
                    self._free.append(name)
                else:
                    self._drop(name)

    def close(self) -> None:
        """Drop all databases."""
        for name in (*self._files.values(), *self._free, self.template):
            self._drop(name)

    def _moved(self, url: str) -> str:
        parsed = make_url(url)
        file = Path(parsed.database or "")
        if parsed.get_backend_name() != "sqlite" or file.name in ("", ":memory:") or not file.parent.is_dir():
            return url
        if file.is_dir() or (file.exists() and not file.read_bytes().startswith(_MARK.encode())):
            return url
        return self.url_of(file)

    def _create(self, template: str) -> str:
        self._made += 1
        name = f"{self._prefix}_{self._made}"
        copied = f"TEMPLATE {template} STRATEGY file_copy" if template else ""
        self._run("", f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'")  # noqa: S608
        self._run("", f"CREATE DATABASE {name} {copied}")
        return name

    def _emptied(self, name: str) -> bool:
        """Empty a database; tell whether it is as new, which it is not if a test changed its schema."""
        try:
            if self._run(name, _SCHEMA) == self._schema:
                self._run(name, _EMPTY)
                return True
        except DBAPIError:  # somebody holds it
            return False
        return False

    def _drop(self, name: str) -> None:
        self._run("", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, name: str, statement: str) -> object:
        """Run a statement in a database, or in the one that the server was named with."""
        url = self._url.set(database=name or self._url.database)
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            found = connection.execute(text(statement))
            return found.scalar() if found.returns_rows else None
