"""The HTTP API in a process of its own, on a loopback address, as its users meet it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

import httpx

from engine.errors import BackendFailed

__all__ = ["Api", "HttpApi", "Seen", "Uploaded", "served", "started"]

START_S = 120.0
CALL_S = 600.0
_SERVE = "from api.cli.main import main; main()"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What became of an upload; numbers of passages."""

    chunks: int
    embedded: int
    reused: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage that a reader was shown."""

    uri: str
    version: int
    text: str


class Api(Protocol):
    """The calls that the benchmark makes."""

    def upload(self, name: str, text: str) -> Uploaded:
        """Ingest a document, and return at the end of that."""
        ...

    def search(self, query: str, *, limit: int) -> tuple[Seen, ...]:
        """Return the passages for a query."""
        ...

    def answer(self, question: str) -> tuple[Seen, ...]:
        """Return what an answer cites; nothing if it is withheld."""
        ...

    def changed_sections(self, name: str) -> int:
        """Return how many sections differ between the last two versions of a document."""
        ...


@dataclass(frozen=True, slots=True)
class HttpApi:
    """The calls over HTTP, to one knowledge base; `pid` is the process that serves it."""

    client: httpx.Client
    knowledge_base: str
    pid: int = 0

    def upload(self, name: str, text: str) -> Uploaded:
        """Ingest a document, and return at the end of that."""
        files = {"files": (name, text.encode(), "text/markdown")}
        data = {"knowledge_base": self.knowledge_base, "wait": "true"}
        report = self._sent(self.client.build_request("POST", "/v1/documents", data=data, files=files))
        for failure in report["failures"]:
            raise BackendFailed(failure["error"], remedy=failure["remedy"])
        return Uploaded(report["chunks"], report["embedded"], report["reused"])

    def search(self, query: str, *, limit: int) -> tuple[Seen, ...]:
        """Return the passages for a query."""
        found = self._asked("/v1/search", query=query, limit=limit)
        return tuple(Seen(each["uri"], each["version"], each["text"]) for each in found["passages"])

    def answer(self, question: str) -> tuple[Seen, ...]:
        """Return what an answer cites; nothing if it is withheld."""
        found = self._asked("/v1/answer", question=question)
        return tuple(Seen(each["uri"], each["version"], each["quote"]) for each in found["citations"])

    def changed_sections(self, name: str) -> int:
        """Return how many sections differ between the last two versions of a document."""
        query = {"knowledge_base": self.knowledge_base, "uri": name}
        (document,) = self._sent(self.client.build_request("GET", "/v1/documents", params=query))["items"]
        newest = document["version"]
        path = f"/v1/documents/{document['id']}/versions/compare?from={newest - 1}&to={newest}"
        return len(self._sent(self.client.build_request("GET", path))["sections"])

    def _asked(self, path: str, **body: object) -> dict[str, Any]:
        return self._sent(self.client.build_request("POST", path, json={"knowledge_base": self.knowledge_base, **body}))

    def _sent(self, request: httpx.Request) -> dict[str, Any]:
        try:
            response = self.client.send(request).raise_for_status()
        except httpx.HTTPError as error:
            raise BackendFailed(f"The API failed at {request.url.path}: {error}.", remedy="See its log.") from error
        return cast("dict[str, Any]", response.json())


@contextmanager
def started(data_dir: Path, config: Path | None = None) -> Iterator[tuple[httpx.Client, subprocess.Popen[bytes]]]:
    """Serve a data folder in another process, and end it afterwards, if it still runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["serve", "--port", str(port), "--data-dir", str(data_dir), *(["--config", str(config)] if config else [])]
    quiet = subprocess.DEVNULL
    with subprocess.Popen([sys.executable, "-c", _SERVE, *words], stdout=quiet, stderr=quiet) as process:  # noqa: S603
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=CALL_S, trust_env=False) as client:
                _wait(client, process)
                yield client, process
        finally:
            process.terminate()


@contextmanager
def served(data_dir: Path, knowledge_base: str, config: Path | None = None) -> Iterator[HttpApi]:
    """Serve a knowledge base of a data folder in another process, and end it afterwards."""
    with started(data_dir, config) as (client, process):
        yield HttpApi(client, knowledge_base, process.pid)


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    """Wait until the API is ready."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if client.get("/health/ready").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise BackendFailed("The API does not start.", remedy="Run `knowdesk serve` to see why.")
