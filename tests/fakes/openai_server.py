"""A local server that speaks the OpenAI chat protocol, well or badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["FakeOpenAI", "Mode", "fake_openai"]


class Mode(StrEnum):
    """How the server answers."""

    NORMAL = "normal"
    SLOW = "slow"
    HANGING = "hanging"
    HANGING_LATER = "hanging_later"
    ERROR_THEN_OK = "error_then_ok"
    LIMITED_THEN_OK = "limited_then_ok"
    ALWAYS_ERROR = "always_error"
    UNAUTHORIZED = "unauthorized"
    GARBAGE = "garbage"
    BROKEN_JSON = "broken_json"
    ERROR_EVENT = "error_event"
    CUT_OFF = "cut_off"
    ENDLESS = "endless"
    ENDLESS_LINE = "endless_line"
    EMPTY = "empty"
    COUNTED = "counted"


class FakeOpenAI(ThreadingHTTPServer):
    """The server, what it says, and what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, mode: Mode, pieces: tuple[str, ...]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode = mode
        self.pieces = pieces
        self.requests: list[dict[str, object]] = []
        self.keys: list[str | None] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        """Base URL for a client."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about clients that go away."""


@contextmanager
def fake_openai(
    mode: Mode = Mode.NORMAL, pieces: tuple[str, ...] = ("It takes ", "5 days", " [1].")
) -> Iterator[FakeOpenAI]:
    """Run the server in a thread while the block lasts."""
    server = FakeOpenAI(mode, pieces)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class _Handler(BaseHTTPRequestHandler):
    server: FakeOpenAI

    def do_GET(self) -> None:
        status = {Mode.UNAUTHORIZED: 401, Mode.ALWAYS_ERROR: 503}.get(self.server.mode, 200)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(json.loads(body))
        self.server.keys.append(self.headers["Authorization"])
        first = len(self.server.requests) == 1
        match self.server.mode:
            case Mode.UNAUTHORIZED:
                self._refuse(401)
            case Mode.ALWAYS_ERROR:
                self._refuse(503)
            case Mode.ERROR_THEN_OK if first:
                self._refuse(500)
            case Mode.LIMITED_THEN_OK if first:
                self._refuse(429, retry_after="0")
            case Mode.HANGING:
                self.server.closing.wait()
            case _:
                self._stream()

    def _refuse(self, status: int, *, retry_after: str | None = None) -> None:
        # Like real servers, it repeats what it was asked.
        body = json.dumps({"error": {"message": f"refused: {self.server.requests[-1]}"}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if retry_after is not None:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for line in self._lines():
            self.wfile.write(line.encode())
            self.wfile.flush()

    def _lines(self) -> Iterator[str]:
        match self.server.mode:
            case Mode.GARBAGE:
                yield "<html><body>Welcome to the shop</body></html>\n\n"
                return
            case Mode.BROKEN_JSON:
                yield "data: {not json\n\n"
                return
            case Mode.ERROR_EVENT:
                yield f"data: {json.dumps({'error': {'message': 'overloaded by secret'}})}\n\n"
                return
            case Mode.ENDLESS_LINE:
                yield from self._until_closing("x" * 1000)
            case Mode.ENDLESS:
                yield from self._until_closing(_event("and so on "))
        yield _event("", role="assistant")
        if self.server.mode is not Mode.EMPTY:
            yield from self._pieces()
        yield _event("", finish_reason="stop")
        if self.server.mode is Mode.COUNTED:
            yield _usage(prompt=12, completion=3)
        yield "data: [DONE]\n\n"

    def _pieces(self) -> Iterator[str]:
        for at, piece in enumerate(self.server.pieces):
            if at and self.server.mode is Mode.SLOW:
                self.server.closing.wait(0.05)
            if at and self.server.mode is Mode.HANGING_LATER:
                self.server.closing.wait()
            if at and self.server.mode is Mode.CUT_OFF:
                yield "data: {"
                return
            yield _event(piece)

    def _until_closing(self, text: str) -> Iterator[str]:
        while not self.server.closing.is_set():
            yield text
            time.sleep(0.001)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


def _event(content: str, *, role: str | None = None, finish_reason: str | None = None) -> str:
    delta = {"content": content} | ({"role": role} if role else {})
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "fake", "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n"


def _usage(*, prompt: int, completion: int) -> str:
    usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "fake", "choices": [], "usage": usage}
    return f"data: {json.dumps(chunk)}\n\n"
