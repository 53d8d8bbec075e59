from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from engine.errors import BackendFailed, Conflict, EngineError, InvalidInput, Misconfigured, NotFound
from engine.service import Engine

SEARCH = {"knowledge_base": "shop", "query": "returns"}
MEDIA_TYPE = "application/problem+json"


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (InvalidInput, 422, "/problems/invalid-input"),
        (NotFound, 404, "/problems/not-found"),
        (Conflict, 409, "/problems/conflict"),
        (BackendFailed, 503, "/problems/backend-failed"),
        (Misconfigured, 500, "/problems/misconfigured"),
    ],
)
def test_every_engine_error_is_a_problem_document(
    client: TestClient, shop: Engine, monkeypatch: pytest.MonkeyPatch, error: type[EngineError], status: int, kind: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error("It went wrong.", remedy="Mend it.")

    monkeypatch.setattr(shop, "search", fails)
    response = client.post("/v1/search", json=SEARCH)
    assert response.status_code == status
    assert response.headers["content-type"] == MEDIA_TYPE
    problem = response.json()
    assert set(problem) == {"type", "title", "status", "detail", "remedy", "instance", "request_id", "errors"}
    assert (problem["type"], problem["status"], problem["instance"]) == (kind, status, "/v1/search")
    assert (problem["detail"], problem["remedy"]) == ("It went wrong.", "Mend it.")


def test_an_unexpected_exception_shows_nothing(
    client: TestClient, shop: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the customer said: private words")

    monkeypatch.setattr(shop, "search", fails)
    response = client.post("/v1/search", json=SEARCH)
    assert response.status_code == 500
    assert response.json()["type"] == "/problems/internal-error"
    assert "private words" not in response.text


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/nothing", "/docs", "/redoc", "/v1/answer/"])
def test_unknown_routes(client: TestClient, path: str) -> None:
    response = client.get(path, follow_redirects=False)
    assert response.status_code == 404
    assert response.headers["content-type"] == MEDIA_TYPE
    assert response.json()["instance"] == path


def test_unknown_methods_name_the_allowed_ones(client: TestClient) -> None:
    response = client.put("/v1/search", json=SEARCH)
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert response.json()["type"] == "/problems/method-not-allowed"


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b'{"query": }'])
def test_bodies_that_are_not_json(client: TestClient, body: bytes) -> None:
    response = client.post("/v1/search", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == MEDIA_TYPE


def test_json_needs_its_content_type(client: TestClient) -> None:
    """A page elsewhere can send `text/plain` to this machine without asking; it must not be read as JSON."""
    response = client.post(
        "/v1/search", content=b'{"knowledge_base": "shop", "query": "returns"}', headers={"content-type": "text/plain"}
    )
    assert response.status_code == 422


def test_wrong_fields_are_named_but_not_repeated(client: TestClient) -> None:
    body = {**SEARCH, "limit": "sixty private words", "filter": {"kinds": ["a private poem"]}, "extra": "private"}
    response = client.post("/v1/search", json=body)
    assert response.status_code == 422
    problem = response.json()
    assert problem["type"] == "/problems/invalid-input"
    assert {error["field"] for error in problem["errors"]} == {"limit", "filter.kinds.0", "extra"}
    assert all(error["message"] for error in problem["errors"])
    assert "private" not in response.text


def test_a_name_of_a_field_can_be_hostile(client: TestClient) -> None:
    response = client.post(
        "/v1/search", content=b'{"\\ud800' + b"x" * 500 + b'": 1}', headers={"content-type": "application/json"}
    )
    assert response.status_code == 422
    assert max(len(error["field"]) for error in response.json()["errors"]) <= 100


@pytest.mark.parametrize("body", [[], "text", 7, None])
def test_bodies_that_are_not_objects(client: TestClient, body: object) -> None:
    assert client.post("/v1/search", json=body).status_code == 422


def test_a_deeply_nested_body_is_refused(client: TestClient) -> None:
    body = b'{"filter":' * 5000 + b"1" + b"}" * 5000
    response = client.post("/v1/search", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == MEDIA_TYPE


def test_a_body_above_the_limit_is_refused(client: TestClient) -> None:
    response = client.post("/v1/search", json={**SEARCH, "query": "x" * 4_000_001})
    assert response.status_code == 413
    assert response.headers["content-type"] == MEDIA_TYPE
    assert response.json()["type"] == "/problems/too-large"


def test_a_streamed_body_above_the_limit_is_refused(client: TestClient) -> None:
    def chunks() -> object:
        yield b'{"query": "'
        for _ in range(5):
            yield b"x" * 1_000_000

    response = client.post("/v1/search", content=chunks(), headers={"content-type": "application/json"})  # type: ignore[arg-type]
    assert response.status_code == 413
