from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.assembly import build_engine
from engine.errors import BackendFailed
from engine.service import Engine
from engine.settings import Settings
from tests.fakes.embedding import HashEmbedder


def test_a_process_that_runs_is_live(client: TestClient) -> None:
    assert (client.get("/health/live").status_code, client.get("/health/live").json()) == (200, {"status": "ok"})


def test_ready_names_the_database_and_every_index(client: TestClient) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "checks": [
            {"name": "database", "ok": True, "detail": ""},
            {"name": "index:empty", "ok": True, "detail": ""},
            {"name": "index:shop", "ok": True, "detail": ""},
        ],
    }


def _fails(*_: object, **__: object) -> None:
    raise BackendFailed("The backend is away.", remedy="Start it.")


def test_a_broken_database_is_not_ready(client: TestClient, shop: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop.parts.knowledge, "knowledge_bases", _fails)
    response = client.get("/health/ready")
    assert response.status_code == 503
    check = {"name": "database", "ok": False, "detail": "The backend is away. Start it."}
    assert response.json() == {"status": "unavailable", "checks": [check]}
    assert client.get("/health/live").status_code == 200


def test_a_broken_index_is_not_ready(client: TestClient, shop: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop.parts.store, "count", _fails)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert [check["ok"] for check in response.json()["checks"]] == [True, True, False]


def test_an_index_of_another_model_is_not_ready(settings: Settings, engine: Engine) -> None:
    upload = [("files", ("a.md", b"# A\n\nThe kettle boils water.\n", "text/markdown"))]
    with TestClient(create_app(settings, engine=engine)) as client:
        client.post("/v1/knowledge-bases", json={"name": "kb"})
        client.post("/v1/documents", data={"knowledge_base": "kb"}, files=upload)
    engine.close()
    other = build_engine(settings, embedder=HashEmbedder(model="another"))
    with TestClient(create_app(settings, engine=other)) as client:
        response = client.get("/health/ready")
        answer = client.post("/v1/answer", json={"knowledge_base": "kb", "question": "Does it boil?"})
    other.close()
    assert response.status_code == 503
    assert "ingest --rebuild" in response.json()["checks"][1]["detail"]
    assert answer.status_code == 409
    assert "ingest --rebuild" in answer.json()["remedy"]
