"""A proxy before an HTTP server that lets requests fail in the ways that networks and servers do."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Fault", "FaultyProxy", "faulty_proxy"]


class Fault(StrEnum):
    """What becomes of a request."""

    NONE = "none"
    RESET_BEFORE = "reset before"
    """The connection is reset with half of the request read."""
    RESET_AFTER = "reset after"
    """The request is done, then the connection is reset: the reply is lost."""
    CUT = "cut"
    """Half of the reply arrives."""
    SLOW = "slow"
    """The request is done, and the reply takes longer than clients wait."""
    FAILED = "500"
    UNAVAILABLE = "503"
    TOO_MANY = "429"
    """With `Retry-After: 1`."""


class FaultyProxy(ThreadingHTTPServer):
    """Forwards to a port of this machine; `faults` are those of the next requests, one each, then all is well."""

    daemon_threads = True

    def __init__(self, port: int, *, slow_s: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target, self.slow_s = port, slow_s
        self.faults: list[Fault] = []
        self.met: list[Fault] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def next_fault(self) -> Fault:
        """Return what the next request meets."""
        with self.lock:
            fault = self.faults.pop(0) if self.faults else Fault.NONE
            self.met.append(fault)
            return fault

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FaultyProxy

    def _answer(self) -> None:
        fault, size = self.server.next_fault(), int(self.headers.get("Content-Length", 0))
        if fault is Fault.RESET_BEFORE:
            self.rfile.read(size // 2)
            return self._reset()
        body = self.rfile.read(size)
        if fault in (Fault.FAILED, Fault.UNAVAILABLE, Fault.TOO_MANY):
            return self._reply(int(fault), b'{"status": {"error": "injected"}}')
        status, reply = self._forward(body)
        if fault is Fault.RESET_AFTER:
            return self._reset()
        if fault is Fault.SLOW:
            time.sleep(self.server.slow_s)
        self._reply(status, reply, cut=fault is Fault.CUT)
        return None

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

    def _forward(self, body: bytes) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.target, timeout=30)
        connection.request(self.command, self.path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        found = response.status, response.read()
        connection.close()
        return found

    def _reply(self, status: int, reply: bytes, *, cut: bool = False) -> None:
        with suppress(OSError):  # who waited too long has hung up
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply)))
            if status == int(Fault.TOO_MANY):
                self.send_header("Retry-After", "1")
            self.end_headers()
            self.wfile.write(reply[: len(reply) // 2] if cut else reply)
        self.close_connection = self.close_connection or cut

    def _reset(self) -> None:
        """Close so that the other side is told of a reset, not of an orderly end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def faulty_proxy(port: int, *, slow_s: float = 1.5) -> Iterator[FaultyProxy]:
    """Forward to a port of this machine while the block lasts."""
    with FaultyProxy(port, slow_s=slow_s) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield proxy
        proxy.shutdown()
        thread.join()
