"""An HTTP server that speaks as much of Qdrant's protocol as the store needs, over qdrant-client's local mode.

It is no Qdrant: the store's requests, their encoding and the ways a connection fails are real, sharding, replicas,
quantisation and indexes are not. The suites run on a real server where KNOWDESK_QDRANT_URL names one.
"""

from __future__ import annotations

import json
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import BaseModel, TypeAdapter
from qdrant_client import QdrantClient, models

__all__ = ["QdrantServer", "qdrant_server"]

Body = dict[str, Any]
_SELECTOR: TypeAdapter[Any] = TypeAdapter(models.PointsSelector)


def _create(local: QdrantClient, name: str, body: Body) -> object:
    asked = models.CreateCollection.model_validate(body)
    local.create_collection(name, vectors_config=asked.vectors, sparse_vectors_config=asked.sparse_vectors)
    return True


def _upsert(local: QdrantClient, name: str, body: Body) -> object:
    return local.upsert(name, models.PointsList.model_validate(body).points)


def _query(local: QdrantClient, name: str, body: Body) -> object:
    return local.query_batch_points(name, models.QueryRequestBatch.model_validate(body).searches)


def _retrieve(local: QdrantClient, name: str, body: Body) -> object:
    asked = models.PointRequest.model_validate(body)
    return local.retrieve(name, asked.ids, asked.with_payload or False, asked.with_vector or False)


def _scroll(local: QdrantClient, name: str, body: Body) -> object:
    asked = models.ScrollRequest.model_validate(body)
    points, after = local.scroll(
        name,
        asked.filter,
        limit=asked.limit or 10,
        offset=asked.offset,
        with_payload=asked.with_payload or False,
        with_vectors=asked.with_vector or False,
    )
    return {"points": points, "next_page_offset": after}


def _count(local: QdrantClient, name: str, body: Body) -> object:
    return local.count(name, models.CountRequest.model_validate(body).filter, exact=True)


ROUTES: dict[tuple[str, str], Callable[[QdrantClient, str, Body], object]] = {
    ("GET", "/exists"): lambda local, name, _: {"exists": local.collection_exists(name)},
    ("PUT", ""): _create,
    ("GET", ""): lambda local, name, _: local.get_collection(name),
    ("DELETE", ""): lambda local, name, _: local.delete_collection(name),
    ("PUT", "/index"): lambda *_: models.UpdateResult(status=models.UpdateStatus.COMPLETED),
    ("PUT", "/points"): _upsert,
    ("POST", "/points/delete"): lambda local, name, body: local.delete(name, _SELECTOR.validate_python(body)),
    ("POST", "/points/query/batch"): _query,
    ("POST", "/points"): _retrieve,
    ("POST", "/points/scroll"): _scroll,
    ("POST", "/points/count"): _count,
}


class QdrantServer(ThreadingHTTPServer):
    """Keeps its collections in memory; `requests` are the methods and paths that were asked for."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.local = QdrantClient(":memory:")
        self.lock = threading.Lock()
        self.requests: list[tuple[str, str]] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: QdrantServer

    def _answer(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        found = re.fullmatch(r"/collections/([^/?]+)([^?]*)(\?.*)?", self.path)
        call = ROUTES.get((self.command, found[2])) if found else None
        if found is None or call is None:
            return self._reply(404, {"status": {"error": "no such path"}})
        self.server.requests.append((self.command, found[2]))
        try:
            with self.server.lock:
                result = call(self.server.local, found[1], json.loads(data) if data else {})
        except ValueError as error:  # local mode's word for what is there already, or is not
            return self._reply(404 if "not found" in str(error) else 409, {"status": {"error": str(error)}})
        return self._reply(200, {"result": result, "status": "ok", "time": 0.0})

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

    def _reply(self, status: int, body: object) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data = json.dumps(body, default=_plain).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    raise TypeError(type(value).__name__)


@contextmanager
def qdrant_server(*, port: int = 0) -> Iterator[QdrantServer]:
    """Serve while the block lasts, by default on a port that is free."""
    with QdrantServer(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
        server.local.close()
