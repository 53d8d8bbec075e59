"""One process at a time in a data folder."""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import Conflict, Misconfigured

__all__ = ["FolderLock"]


class FolderLock:
    """Holds a data folder from construction to `release`; the system releases it if the process dies.

    Raises Conflict at once, naming the process that has the folder, if it is taken, and Misconfigured if the folder
    cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        owner = folder / "index.pid"
        self._lock = FileLock(folder / "index.lock", timeout=0, thread_local=False)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            owner.write_text(str(os.getpid()), encoding="ascii")
        except Timeout as error:
            raise Conflict(
                f"The data folder {folder} is in use by {_name(owner)}.",
                remedy="Stop that process, or use the server that it runs.",
            ) from error
        except OSError as error:
            raise Misconfigured(
                f"The data folder {folder} cannot be written.", remedy="Check its rights, or set KNOWDESK_DATA_DIR."
            ) from error

    def release(self) -> None:
        """Let others have the folder; nothing happens the second time."""
        self._lock.release()


def _name(owner: Path) -> str:
    try:
        return f"process {int(owner.read_text(encoding='ascii'))}"
    except (OSError, ValueError):
        return "another process"
