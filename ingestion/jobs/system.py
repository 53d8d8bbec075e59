"""Where DBOS Transact keeps its state, and what identifies us to it."""

from __future__ import annotations

import logging
import sqlite3
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

__all__ = ["VERSION", "WORKFLOW", "System", "silence"]

WORKFLOW: Final = "ingest"

VERSION: Final = "jobs-1"
"""Changes when the steps of a job change; jobs that another version began are not gone on with."""


class System:
    """The database of the jobs that run over one data folder.

    It is a SQLite file in `folder`, or the PostgreSQL server that `database_url` names; there, every data folder is an
    application of its own, because uploads wait in that folder.
    """

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.folder = folder
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
    def exists(self) -> bool:
        """Whether the database is there, so that there may have been jobs."""
        return self._mark.exists()

    def made(self) -> None:
        """Note that the database is there, with its tables."""
        self._mark.touch()

    @property
    def owner(self) -> str:
        """What the jobs of this folder are filed under, on whatever machine; made when it is first asked for."""
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
        """The name of this folder's application, and of its queue."""
        return f"knowdesk-{self.owner[:12]}"

    def prepare(self) -> None:
        """Make what DBOS needs to be there; with write-ahead logging readers and the writer do not wait."""
        if not self._remote:
            self.folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._file)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.close()


def silence() -> None:
    """Keep DBOS's own log away from the terminal; failures of jobs are logged by us."""
    logger = logging.getLogger("dbos")
    logger.handlers[:] = [logging.NullHandler()]
    logger.propagate = False
