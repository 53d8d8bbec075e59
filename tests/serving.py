"""The HTTP API on a real port, for clients that know nothing of the test client."""

from __future__ import annotations

import socket
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from engine.assembly import build_engine
from engine.ports import Embedder
from engine.settings import load_settings

__all__ = ["embeddings", "free_port", "serving"]


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def embeddings(folder: Path, embedder: Embedder | None = None, *, port: int = 0) -> Iterator[str]:
    """Serve an embedder, or the bundled one, as the model `shop` while the block lasts; give its address."""
    settings = load_settings(data_dir=folder, parse_workers=0)
    engine = build_engine(settings, embedder=embedder)
    with closing(engine):
        if not engine.parts.knowledge.knowledge_bases():
            engine.create_knowledge_base("shop")
        with serving(create_app(settings, engine=engine), port=port) as address:
            yield address


@contextmanager
def serving(app: FastAPI, *, port: int = 0) -> Iterator[str]:
    """Serve the app in a thread while the block lasts, on a port that is free; give its address.

    At the end all is closed, which takes a while on a busy machine: the next one may need what this one held.
    """
    port = port or free_port()
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
