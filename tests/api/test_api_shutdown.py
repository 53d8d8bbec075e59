"""A server under load that is told to stop: what it acknowledged is there, what it began is answered."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.api.desk import Desk
from tests.api.server import Server, serve

CLIENTS = 4


@pytest.fixture(name="server")
def running(desk: Desk) -> Iterator[Server]:
    with serve(desk.data_dir) as server:
        yield server


def _create(address: str, client: int, acknowledged: list[str], refused: list[str]) -> None:
    """Create knowledge bases one after the other until the server does not answer any more."""
    with httpx.Client(base_url=address, timeout=20) as calls:
        for number in range(10_000):
            try:
                response = calls.post("/v1/knowledge-bases", json={"name": f"{client}-{number}"})
            except httpx.TransportError as error:
                refused.append(type(error).__name__)
                return
            if response.status_code != 201:
                refused.append(str(response.status_code))
                return
            acknowledged.append(f"{client}-{number}")


def test_a_stop_under_load_loses_nothing(server: Server, desk: Desk) -> None:
    acknowledged, refused = list[str](), list[str]()
    threads = [
        threading.Thread(target=_create, args=(server.address, client, acknowledged, refused))
        for client in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    while len(acknowledged) < 20:
        time.sleep(0.01)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=30) == 0
    for thread in threads:
        thread.join(timeout=30)
    kept = [item["name"] for item in desk.json("kb", "list")["items"]]
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
    assert len(set(kept) - set(acknowledged)) == 0
    assert not [status for status in refused if status.startswith("5")]


def test_a_request_under_way_is_answered_before_the_end(server: Server) -> None:
    found = list[int]()

    def upload() -> None:
        files = [("files", (f"{n}.md", b"# Kettle\n\nIt boils water.\n" * 50, "text/markdown")) for n in range(40)]
        data = {"knowledge_base": "kb"}
        found.append(httpx.post(f"{server.address}/v1/documents", data=data, files=files, timeout=60).status_code)

    httpx.post(f"{server.address}/v1/knowledge-bases", json={"name": "kb"})
    thread = threading.Thread(target=upload)
    thread.start()
    running = "knowdesk_requests_running 2.0"  # the upload, and the one that asks
    while running not in httpx.get(f"{server.address}/metrics").text and thread.is_alive():
        time.sleep(0.005)
    server.process.send_signal(signal.SIGTERM)
    try:
        assert server.process.wait(timeout=60) == 0
    except subprocess.TimeoutExpired:
        pytest.fail("the server did not stop")
    thread.join(timeout=60)
    assert found == [200]
