"""What only the remote store does: addresses, servers that fail, collections of others."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from qdrant_client import QdrantClient, models

from engine.errors import BackendFailed, Misconfigured, NotFound
from engine.patience import Patience
from engine.ports import StoreQuery, VectorStore
from engine.stores.collections import RemoteOptions
from engine.stores.naming import safe_name
from engine.stores.remote import RemoteStore, connect
from tests.fakes.stores import DIMENSION, chunk, unit

AT_ONCE = RemoteOptions(patience=Patience(retries=1, first_s=0.001))
COLLECTION = f"knowdesk_{safe_name('kb')}"


class Server(ThreadingHTTPServer):
    """Answers every request with the same status and body, and remembers the requests."""

    def __init__(self, status: int, body: object) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.body = status, json.dumps(body).encode()
        self.requests: list[tuple[str, str, str | None]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append((self.command, self.path, self.headers.get("api-key")))
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with Server(*request.param) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def calls(store: VectorStore) -> None:
    for call in (
        lambda: store.exists("kb"),
        lambda: store.create("kb", DIMENSION),
        lambda: store.drop("kb"),
        lambda: store.upsert("kb", [chunk("a")]),
        lambda: store.delete_document("kb", "manual"),
        lambda: store.search("kb", StoreQuery(dense=unit(1.0))),
        lambda: store.count("kb"),
        lambda: list(store.records("kb")),
        lambda: store.optimize("kb"),
    ):
        with pytest.raises(BackendFailed, match="Qdrant server failed") as failure:
            call()
        assert "KNOWDESK_QDRANT_URL" in failure.value.remedy
        assert "secret" not in str(failure.value)


def test_a_server_that_is_not_there_is_a_failure() -> None:
    store = RemoteStore(connect("http://127.0.0.1:9", timeout_s=1), AT_ONCE)
    calls(store)
    store.close()


@pytest.mark.parametrize(
    "server", [(500, {"status": {"error": "secret"}}), (401, "secret"), (200, ["?"])], indirect=True
)
def test_a_server_that_answers_nonsense_is_a_failure(server: Server) -> None:
    store = RemoteStore(connect(f"http://127.0.0.1:{server.server_port}", timeout_s=5), AT_ONCE)
    calls(store)
    store.close()


@pytest.mark.parametrize("server", [(200, {"result": {"exists": False}})], indirect=True)
def test_the_key_is_sent_and_what_is_not_there_is_not_found(server: Server) -> None:
    with pytest.warns(UserWarning, match="insecure"):
        client = connect(f"http://127.0.0.1:{server.server_port}", "key", timeout_s=5)
    store = RemoteStore(client)
    with pytest.raises(NotFound, match="'kb' has no index"):
        store.search("kb", StoreQuery(dense=unit(1.0)))
    assert server.requests[-1] == ("GET", f"/collections/{COLLECTION}/exists", "key")
    store.close()


@pytest.mark.parametrize("url", ["ftp://host", "http://host:port"])
def test_what_is_no_address_is_misconfigured(url: str) -> None:
    with pytest.raises(Misconfigured, match="no address of a Qdrant server"):
        connect(url)


def test_the_index_of_another_process_is_seen_and_missed() -> None:
    client = QdrantClient(":memory:")
    one, other = RemoteStore(client), RemoteStore(client)
    one.create("kb", DIMENSION)
    other.upsert("kb", [chunk("a")])
    assert one.count("kb") == 1
    other.drop("kb")
    with pytest.raises(NotFound):
        one.search("kb", StoreQuery(dense=unit(1.0)))
    other.create("kb", 2)
    with pytest.raises(NotFound):
        list(one.records("unheard of"))
    assert one.count("kb") == 0
    client.close()


def test_a_collection_that_is_not_ours_is_not_used() -> None:
    client = QdrantClient(":memory:")
    client.create_collection(COLLECTION, models.VectorParams(size=4, distance=models.Distance.DOT))
    with pytest.raises(NotFound):
        RemoteStore(client).count("other")
    with pytest.raises(NotFound):
        RemoteStore(client).upsert("kb", [chunk("a")])
    client.close()


def test_snapshots_of_nothing_are_not_found(tmp_path: Path) -> None:
    store = RemoteStore(QdrantClient(":memory:"))
    with pytest.raises(NotFound):
        store.snapshot("kb", tmp_path / "snapshot")
    assert list(tmp_path.iterdir()) == []
    store.close()
