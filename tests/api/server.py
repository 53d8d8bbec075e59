"""`knowdesk serve` as a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.fakes.postgres import environment

__all__ = ["Server", "serve"]

COMMAND = (sys.executable, "-c", "from api.cli.main import main; main()")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, and where it listens."""

    process: subprocess.Popen[str]
    address: str


@contextmanager
def serve(data_dir: Path, *words: str) -> Iterator[Server]:
    """Serve a data folder while the block lasts; killed at its end if it is still there."""
    command = [*COMMAND, "serve", "--port", "0", "--data-dir", str(data_dir), *words]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment(data_dir))  # noqa: S603
    assert process.stderr is not None
    drain = threading.Thread(target=process.stderr.read)  # a pipe that is full would hold the server up
    try:
        address = _address(process.stderr)
        drain.start()
        yield Server(process, address)
    finally:
        process.kill()
        process.wait(timeout=10)
        if drain.ident:
            drain.join()
        process.stderr.close()


def _address(log: IO[str]) -> str:
    for line in log:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found.group()
    raise AssertionError("the server did not start")
