from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

import engine.assembly
from api.app import create_app
from engine.errors import Conflict
from engine.service import Engine
from engine.settings import Settings
from tests.fakes.embedding import HashEmbedder


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.assembly, "build_embedder", lambda _: HashEmbedder())


def test_the_app_builds_its_engine_and_closes_it(settings: Settings) -> None:
    for _ in range(2):  # the second start finds the data folder free again
        with TestClient(create_app(settings)) as client:
            client.post("/v1/knowledge-bases", json={"name": "kb"})
            assert [item["name"] for item in client.get("/v1/knowledge-bases").json()["items"]] == ["kb"]


def test_an_engine_that_is_given_stays_open(settings: Settings, engine: Engine) -> None:
    with TestClient(create_app(settings, engine=engine)):
        pass
    assert engine.create_knowledge_base("kb").name == "kb"


def test_a_folder_in_use_stops_the_start(settings: Settings, engine: Engine) -> None:
    with pytest.raises(Conflict), TestClient(create_app(settings)):
        pass
    assert engine.create_knowledge_base("kb").name == "kb"
