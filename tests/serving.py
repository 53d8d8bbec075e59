"""The HTTP API on a real port, for clients that know nothing of the test client."""

from __future__ import annotations

import socket
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

__all__ = ["free_port", "serving"]


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve the app in a thread while the block lasts; give its address.

    At the end all is closed, which takes a while on a busy machine: the next one may need what this one held.
    """
    port = free_port()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # uvicorn's own imports
        config = uvicorn.Config(app, port=port, log_level="error", ws="none", timeout_graceful_shutdown=5)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(timeout=60)
