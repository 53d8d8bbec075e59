"""A service that asks for keys, and pages of other origins that embed what it offers."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from api.app import create_app
from engine.api_keys import KeyRequest
from engine.domain.access import AccessRole, PublicUse
from engine.records import open_api_keys
from engine.settings import Settings, load_settings
from tests.serving import serving

__all__ = ["Keyed", "elsewhere", "keyed_service"]

KB = "shop"


@dataclass(frozen=True)
class Keyed:
    """The address of a service, and its settings, to make keys with."""

    address: str
    settings: Settings

    def agent(self) -> str:
        return self._key(KeyRequest("Desk", [AccessRole.AGENT]))

    def public(self, *origins: str) -> str:
        return self._key(KeyRequest("Shop", (), public=PublicUse(origins, KB)))

    def _key(self, request: KeyRequest) -> str:
        with open_api_keys(self.settings) as keys:
            return keys.create(request)[1]


@contextmanager
def keyed_service(sample: Path, folder: Path, **chosen: Any) -> Iterator[Keyed]:
    """Serve a copy of the sample that asks for keys while the block lasts."""
    copied = shutil.copytree(sample, folder / "data")
    settings = load_settings(
        data_dir=copied, parse_workers=0, intent_encoder="bundled", auth="required", insights_hours=0, **chosen
    )
    with serving(create_app(settings)) as address:
        yield Keyed(address, settings)


@contextmanager
def elsewhere(port: int, files: Mapping[str, str], service: str) -> Iterator[str]:
    """Serve files of another origin, whose strict policy lets in the service and nothing else; give its address."""
    policy = (
        f"default-src 'none'; script-src 'self' {service}; connect-src {service}; frame-src {service}; "
        f"img-src 'self'; style-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = files.get(self.path)
            self.send_response(404 if text is None else 200)
            self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write((text or "").encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join(timeout=5)
        server.server_close()
