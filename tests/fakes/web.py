"""A web site on loopback: what it answers is a table, what it was asked is a list."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["Page", "Site", "running_site"]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: body, its type, status and further headers; `blocks` are sent instead of the body, with pauses."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    blocks: tuple[bytes, ...] = ()
    pause_s: float = 0.0


@dataclass(slots=True)
class Site:
    """Pages by path; an entry that is a tuple is answered one after the other, the last one for good."""

    port: int = 0
    pages: dict[str, Page | tuple[Page, ...]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    def answer(self, path: str) -> Page:
        """Return the page for a path, and note that it was asked for."""
        page = self.pages.get(path, Page(b"nothing here", status=404))
        self.asked.append(path)
        if isinstance(page, tuple):
            page = page[min(self.asked.count(path), len(page)) - 1]
        return page


@contextmanager
def running_site() -> Iterator[Site]:
    """Run a site until the end of the block."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = site.answer(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(page.status)
            given = {name.lower() for name, _ in page.headers}
            if page.content_type:
                self.send_header("Content-Type", page.content_type)
            for name, value in page.headers:
                self.send_header(name, value)
            if page.blocks:
                self.send_header("Connection", "close")
            elif "content-length" not in given:
                self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            try:
                for block in page.blocks or (page.body,):
                    self.wfile.write(block)
                    site.closing.wait(page.pause_s)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Keep quiet about clients that go away."""

    with Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield site
        finally:
            site.closing.set()
            server.shutdown()
            thread.join()
