"""Where DBOS Transact keeps its state, and what identifies us to it."""

from __future__ import annotations

import logging
import sqlite3
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, inspect, make_url

from ingestion.jobs.failures import database_failures

__all__ = ["VERSION", "WORKFLOW", "System", "silence"]

WORKFLOW: Final = "ingest"

VERSION: Final = "jobs-1"
"""Changes when the steps of a job change; jobs that another version began are not gone on with."""


class System:
    """The database of the jobs that run over one data folder.

    It is a SQLite file in `folder`, or the PostgreSQL database that `database_url` names, whose jobs are done by all
    processes that share it. To the server each holds at most `connections`.
    """

    def __init__(self, folder: Path, database_url: str = "", *, connections: int = 10) -> None:
        self.folder = folder
        self.connections = connections
        self._file = folder / "jobs.db"
        self._mark = folder / "made"
        self._remote = database_url if database_url.startswith("postgres") else ""

    @property
    def url(self) -> str:
        """The address as DBOS takes it."""
        if self._remote:
            return make_url(self._remote).set(drivername="postgresql").render_as_string(hide_password=False)
        return f"sqlite:///{self._file}"

    @property
    def is_shared(self) -> bool:
        """Whether other processes may do the same jobs."""
        return bool(self._remote)

    @property
    def exists(self) -> bool:
        """Whether the database is there, so that there may have been jobs."""
        return self._mark.exists() or (self.is_shared and self._has_tables())

    def made(self) -> None:
        """Note that the database is there, with its tables."""
        self._mark.touch()

    @property
    def owner(self) -> str:
        """What jobs that this folder's process does are filed under; made when it is first asked for."""
        file = self.folder / "owner"
        if not file.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{uuid.uuid4().hex}")
            draft.write_text(uuid.uuid4().hex, encoding="ascii")
            with suppress(FileExistsError):  # another process was first: its name holds
                file.hardlink_to(draft)
            draft.unlink()
        return file.read_text(encoding="ascii")

    @property
    def name(self) -> str:
        """The name of the application, and of its queue: one for all that share a database, else one a folder."""
        return "knowdesk" if self.is_shared else f"knowdesk-{self.owner[:12]}"

    def make(self) -> None:
        """Make the database with its tables."""
        from dbos import DBOS

        self.prepare()
        DBOS.migrate(self.url)
        self.made()

    def prepare(self) -> None:
        """Make what DBOS needs to be there; with write-ahead logging readers and the writer do not wait."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._remote:
            connection = sqlite3.connect(self._file)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.close()

    def _has_tables(self) -> bool:
        engine = create_engine(make_url(self._remote).set(drivername="postgresql+psycopg"), hide_parameters=True)
        try:
            with database_failures():
                found = inspect(engine).has_table("workflow_status", schema="dbos")
        finally:
            engine.dispose()
        if found:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.made()
        return found


def silence() -> None:
    """Keep DBOS's own log away from the terminal; failures of jobs are logged by us."""
    logger = logging.getLogger("dbos")
    logger.handlers[:] = [logging.NullHandler()]
    logger.propagate = False
