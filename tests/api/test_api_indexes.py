from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import engine.assembly
from api.app import create_app
from engine.embedding.static import StaticEmbedder
from engine.ports import Embedder
from engine.service import Engine
from engine.settings import Settings
from tests.api.conftest import PAGES
from tests.api.desk import Desk
from tests.api.world import ENDED
from tests.fakes.embedding import HashEmbedder
from tests.fakes.static_model import save_static_model
from tests.waiting import until

ROOT = "/v1/knowledge-bases/shop/indexes"
QUESTION = {"text": "How long may I return unused goods?", "documents": ["returns.md"], "language": "en"}
NOWHERE = "/v1/knowledge-bases/nowhere/indexes"


@pytest.fixture
def client(engine: Engine, settings: Settings) -> Iterator[TestClient]:
    loaded = {"bundled": HashEmbedder(32, model="other"), "hash": HashEmbedder()}
    engine.parts = replace(engine.parts, load_embedder=loaded.__getitem__)
    permitted = settings.model_copy(update={"embedding_candidates": ("bundled", "hash")})
    with TestClient(create_app(permitted, engine=engine)) as made:
        made.post("/v1/knowledge-bases", json={"name": "shop"})
        files = [("files", (name, text.encode())) for name, text in PAGES.items()]
        made.post("/v1/documents", data={"knowledge_base": "shop"}, files=files)
        yield made


def ended(client: TestClient, response: Any) -> dict[str, Any]:
    assert response.status_code == 202, response.text
    path = f"/v1/jobs/{response.json()['id']}"
    job: dict[str, Any] = until(lambda: client.get(path).json(), lambda found: found["state"] in ENDED)
    return job


def listed(client: TestClient) -> list[tuple[str, bool, str]]:
    return [(each["id"], each["in_use"], each["model"]) for each in client.get(ROOT).json()["items"]]


def found(client: TestClient) -> str:
    body = {"knowledge_base": "shop", "query": QUESTION["text"]}
    uri: str = client.post("/v1/search", json=body).json()["passages"][0]["uri"]
    return uri


def test_a_job_builds_an_index_compares_it_and_changes_over(client: TestClient) -> None:
    assert listed(client) == [("1", True, "hash")]
    job = ended(client, client.post(ROOT, json={"model": "bundled", "questions": [QUESTION]}))
    assert (job["state"], job["sources"]) == ("done", [{"kind": "reembed", "location": "bundled"}])
    assert (job["progress"]["files"], job["report"]["documents"]["unchanged"]) == (4, 4)
    assert listed(client) == [("2", True, "other"), ("1", False, "hash")]
    (in_use, _) = client.get(ROOT).json()["items"]
    assert (in_use["source"], in_use["dimension"]) == ("bundled", 32)
    assert in_use["trial"] == {
        "passed": True,
        "own_questions": False,
        "tolerance": 0.01,
        "found": [{"language": "", "questions": 1, "before": 1.0, "after": 1.0}],
    }
    assert found(client) == "returns.md"


def test_the_way_back_and_the_end_of_the_other(client: TestClient) -> None:
    ended(client, client.post(ROOT, json={"model": "bundled"}))
    job = ended(client, client.post(f"{ROOT}/1/use"))
    assert (job["state"], job["sources"]) == ("done", [{"kind": "reembed", "location": ""}])
    assert listed(client) == [("1", True, "hash"), ("2", False, "other")]
    assert client.delete(f"{ROOT}/1").status_code == 409
    assert client.delete(f"{ROOT}/2").status_code == 204
    assert client.delete(f"{ROOT}/2").status_code == 404
    assert listed(client) == [("1", True, "hash")]
    assert found(client) == "returns.md"


def test_an_index_that_finds_less_is_not_used(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    ranks = iter([1.0, 0.5])
    monkeypatch.setattr("ingestion.reembedding.trying._rank", lambda *_: next(ranks))
    job = ended(client, client.post(ROOT, json={"model": "bundled", "questions": [QUESTION], "tolerance": 0.1}))
    assert job["state"] == "failed"
    assert job["error"] == (
        "The index built with bundled finds less than the one in use: all languages MRR@10 0.500 instead of 1.000."
    )
    assert listed(client) == [("1", True, "hash"), ("2", False, "other")]
    assert client.get(ROOT).json()["items"][1]["trial"]["passed"] is False
    assert ended(client, client.post(f"{ROOT}/2/use"))["state"] == "done"
    assert listed(client)[0] == ("2", True, "other")


def test_only_models_that_the_settings_name_are_loaded(client: TestClient) -> None:
    response = client.post(ROOT, json={"model": "/srv/model"})
    assert (response.status_code, response.json()["remedy"]) == (422, "Name it in KNOWDESK_EMBEDDING_CANDIDATES.")
    assert ended(client, client.post(ROOT, json={"model": "hash"}))["error"].startswith("The index in use is built")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", NOWHERE, None),
        ("POST", NOWHERE, {"model": "bundled"}),
        ("POST", f"{NOWHERE}/1/use", None),
        ("POST", f"{ROOT}/9/use", None),
        ("DELETE", f"{NOWHERE}/1", None),
        ("DELETE", f"{ROOT}/9", None),
    ],
)
def test_what_is_not_there_is_said_so(client: TestClient, method: str, path: str, body: dict[str, Any] | None) -> None:
    assert client.request(method, path, json=body).status_code == 404


@pytest.fixture
def filled(open_desk: Desk, pages: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    def build(settings: Settings) -> Embedder:
        return StaticEmbedder(Path(settings.embedding_model)) if settings.embedding_model else HashEmbedder()

    monkeypatch.setattr(engine.assembly, "build_embedder", build)
    open_desk.json("ingest", str(pages), "--kb", "shop")
    return open_desk


def test_the_command_line_builds_uses_and_drops(filled: Desk, tmp_path: Path) -> None:
    model = save_static_model(tmp_path / "model", words=["warranty", "kettle", "goods", "delivery"])
    questions = tmp_path / "golden.jsonl"
    questions.write_text('{"text": "goods delivery", "documents": ["returns.md"], "language": "en"}\n')
    (first,) = filled.json("index", "list", "--kb", "shop")["items"]
    assert (first["id"], first["in_use"], first["source"], first["trial"]) == ("1", True, "", None)
    words = ["index", "build", str(model), "--kb", "shop", "--questions", str(questions)]
    only_built = filled.json(*words, "--only-build", "--tolerance", "1")["items"]
    assert [(each["id"], each["in_use"]) for each in only_built] == [("1", True), ("2", False)]
    in_use = filled.json(*words, "--tolerance", "1")["items"]
    assert [(each["id"], each["in_use"]) for each in in_use] == [("2", True), ("1", False)]
    shown = filled("index", "list", "--kb", "shop").stdout
    assert "in use" in shown
    assert "MRR@10 of questions, before and after: all" in shown
    back = filled.json("index", "use", "1", "--kb", "shop")["items"]
    assert [(each["id"], each["in_use"]) for each in back] == [("1", True), ("2", False)]
    assert [each["id"] for each in filled.json("index", "drop", "2", "--kb", "shop")["items"]] == ["1"]


def test_the_command_line_says_when_less_is_found(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranks = iter([1.0, 0.5] * 4)
    monkeypatch.setattr("ingestion.reembedding.trying._rank", lambda *_: next(ranks))
    model = save_static_model(tmp_path / "model", words=["warranty"])
    result = filled("index", "build", str(model), "--kb", "shop")
    assert result.exit_code == 1
    assert "titles of pages" in result.stdout
    assert "it finds less" in result.stdout
    assert filled.json("index", "list", "--kb", "shop")["items"][0]["id"] == "1"
