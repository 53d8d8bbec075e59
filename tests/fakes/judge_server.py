"""A local server that speaks the OpenAI chat protocol without streaming, and rates what it is shown by a script."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["JudgeServer", "judge_server"]

Script = Callable[[str], str | int]
"""From the prompt to the reply, or to an HTTP status."""


class JudgeServer(ThreadingHTTPServer):
    """The server and the prompts that it was sent."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script
        self.prompts: list[str] = []

    @property
    def url(self) -> str:
        """Base URL for a client."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def judge_server(script: Script) -> Iterator[JudgeServer]:
    """Run the server in a thread while the block lasts."""
    server = JudgeServer(script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class _Handler(BaseHTTPRequestHandler):
    server: JudgeServer

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        prompt = "\n".join(str(message["content"]) for message in request["messages"])
        self.server.prompts.append(prompt)
        reply = self.server.script(prompt)
        if isinstance(reply, int):
            self._send(reply, {"error": {"message": "refused"}})
            return
        message = {"role": "assistant", "content": reply}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        completion = {"id": "x", "object": "chat.completion", "created": 0, "model": "judge"}
        self._send(200, {**completion, "choices": [choice], "usage": usage})

    def _send(self, status: int, document: dict[str, object]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""
