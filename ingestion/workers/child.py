"""What runs in a worker process: it parses one file after the other until the pipe to its parent ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from engine.domain.knowledge import ParsedDocument
from engine.errors import EngineError
from ingestion.parsing import Limits

if TYPE_CHECKING:
    from ingestion.target import Parse

__all__ = ["Failed", "Reply", "Task", "serve"]

_SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)
_NICENESS = 5  # questions are answered before files are parsed


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


def serve(connection: Connection, parse: Parse) -> None:
    """Say that it is ready, then answer each task and its bytes with a reply."""
    _detach()
    with suppress(EOFError, OSError):
        connection.send(None)
        while True:
            task: Task = connection.recv()
            connection.send(_reply(parse, task, connection.recv_bytes()))


def _reply(parse: Parse, task: Task, data: bytes) -> Reply:
    try:
        return parse(data, name=task.name, limits=task.limits)
    except EngineError as error:
        return error
    except Exception as error:  # noqa: BLE001 (whatever it is, it is this file's failure)
        return Failed(type(error).__name__)


def _detach() -> None:
    """Leave the terminal and its signals to the parent, and die with it, whatever a library is doing then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    warnings.simplefilter("ignore")
    os.nice(_NICENESS)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
