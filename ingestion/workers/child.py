"""What runs in a worker process: it parses one file after the other until the pipe to its parent ends."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from engine.background import detach, trim
from engine.domain.knowledge import ParsedDocument
from engine.errors import EngineError
from ingestion.paging import PageDone, document_of
from ingestion.parsing import Limits

if TYPE_CHECKING:
    from ingestion.target import Parse, ParseByPages

__all__ = ["Failed", "Reply", "Task", "serve"]

_BETWEEN_TRIMS_S = 1.0


@dataclass(frozen=True, slots=True)
class Task:
    """What precedes the bytes of a file."""

    name: str
    limits: Limits


@dataclass(frozen=True, slots=True)
class Failed:
    """An exception that nobody foresaw, by the name of its type."""

    kind: str


Reply = ParsedDocument | EngineError | Failed


def serve(connection: Connection, parse: Parse | ParseByPages) -> None:
    """Say that it is ready, then answer each task and its bytes with the pages that are done and a reply."""
    detach()
    with suppress(EOFError, OSError):
        connection.send(None)
        while True:
            task: Task = connection.recv()
            reply = _reply(parse, task, connection)
            trim()
            connection.send(reply)


def _reply(parse: Parse | ParseByPages, task: Task, connection: Connection) -> Reply:
    pages = _Pages(connection)
    try:
        return document_of(parse(connection.recv_bytes(), name=task.name, limits=task.limits), pages.done)
    except EngineError as error:
        return error
    except Exception as error:  # noqa: BLE001 (whatever it is, it is this file's failure)
        return Failed(type(error).__name__)


@dataclass(slots=True)
class _Pages:
    """Tells the parent of each page, and does not keep what the page took."""

    connection: Connection
    trimmed: float = field(default_factory=time.monotonic)

    def done(self, page: PageDone) -> None:
        self.connection.send(page)
        if time.monotonic() - self.trimmed > _BETWEEN_TRIMS_S:
            trim()
            self.trimmed = time.monotonic()
