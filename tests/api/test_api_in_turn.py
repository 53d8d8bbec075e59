from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from engine.service import Engine

FILE = [("files", ("a.md", b"# A\n\nThe kettle boils water.\n"))]


class _Crowd:
    """Notes how many are inside at once."""

    def __init__(self) -> None:
        self.inside = 0
        self.most = 0
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self.inside -= 1


def test_documents_are_changed_by_one_request_at_a_time(
    empty_client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"kb{number}" for number in range(4)]
    for name in names:
        empty_client.post("/v1/knowledge-bases", json={"name": name})
    crowd, begun = _Crowd(), threading.Event()
    create, drop = engine.parts.store.create, engine.parts.store.drop

    def watched_create(*arguments: object) -> None:
        with crowd:
            begun.wait(0.02)
            create(*arguments)  # type: ignore[arg-type]

    def watched_drop(*arguments: object) -> None:
        with crowd:
            begun.wait(0.02)
            drop(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(engine.parts.store, "create", watched_create)
    monkeypatch.setattr(engine.parts.store, "drop", watched_drop)

    def change(name: str) -> int:
        if name < "kb2":
            return empty_client.delete(f"/v1/knowledge-bases/{name}").status_code
        return empty_client.post("/v1/documents", data={"knowledge_base": name}, files=FILE).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(change, names)) == [204, 204, 200, 200]
    assert crowd.most == 1


def test_a_change_that_fails_lets_the_next_one_in(empty_client: TestClient) -> None:
    for _ in range(2):
        assert empty_client.delete("/v1/knowledge-bases/nothing").status_code == 404
    empty_client.post("/v1/knowledge-bases", json={"name": "kb"})
    assert empty_client.delete("/v1/knowledge-bases/kb").status_code == 204
