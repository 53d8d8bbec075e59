"""Run the scripted language model in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from engine.errors import BackendFailed

__all__ = ["scripted_llm"]

START_S = 60.0


@contextmanager
def scripted_llm() -> Iterator[str]:
    """Yield the base URL of a server whose models are `evals.bench.llm_server.BEHAVIOURS`, and end it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "evals.bench.llm_server", str(port)]
    url = f"http://127.0.0.1:{port}/v1"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            _wait(url, process)
            yield url
        finally:
            process.kill()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_S
    with httpx.Client() as client:
        while time.monotonic() < until and process.poll() is None:
            try:
                if client.get(f"{url}/models").is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
    raise BackendFailed("The scripted language model does not start.", remedy="Run python -m evals.bench.llm_server.")
