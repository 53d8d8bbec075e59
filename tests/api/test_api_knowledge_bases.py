from __future__ import annotations

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

PATH = "/v1/knowledge-bases"


def test_a_knowledge_base_lives_and_dies(empty_client: TestClient) -> None:
    assert empty_client.get(PATH).json() == {"items": []}
    made = {"name": "客服", "description": "All shops"}
    created = empty_client.post(PATH, json=made)
    assert (created.status_code, created.json()) == (201, made)
    assert empty_client.get(PATH).json() == {"items": [made]}
    shown = empty_client.get(f"{PATH}/{quote('客服')}")
    assert shown.json() == {**made, "documents": 0, "chunks": 0}
    deleted = empty_client.delete(f"{PATH}/{quote('客服')}")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert empty_client.get(f"{PATH}/{quote('客服')}").status_code == 404


def test_counts_are_those_of_what_is_held(client: TestClient) -> None:
    shown = client.get(f"{PATH}/shop").json()
    documents = client.get("/v1/documents", params={"knowledge_base": "shop"}).json()["items"]
    assert shown["documents"] == len(documents) == 4
    assert shown["chunks"] == sum(document["chunk_count"] for document in documents) > 0


def test_the_list_is_ordered_by_name(client: TestClient) -> None:
    assert [item["name"] for item in client.get(PATH).json()["items"]] == ["empty", "shop"]


def test_a_name_is_taken_once(client: TestClient) -> None:
    response = client.post(PATH, json={"name": "shop"})
    assert response.status_code == 409
    assert response.json()["type"] == "/problems/conflict"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": 3},
        {"name": "a/b"},
        {"name": ".."},
        {"name": "x" * 101},
        {"name": "ok", "colour": "red"},
    ],
    ids=str,
)
def test_wrong_bodies_are_refused(client: TestClient, body: dict[str, object]) -> None:
    response = client.post(PATH, json=body)
    assert response.status_code == 422
    assert response.json()["errors"]


@pytest.mark.parametrize("method", ["get", "delete"])
@pytest.mark.parametrize("name", ["nothing", "' OR 1=1", "%", "\u202e"])
def test_unknown_names(client: TestClient, method: str, name: str) -> None:
    response = client.request(method, f"{PATH}/{quote(name)}")
    assert response.status_code == 404
    assert response.json()["type"] == "/problems/not-found"


def test_deleting_takes_the_documents_along(empty_client: TestClient) -> None:
    empty_client.post(PATH, json={"name": "kb"})
    upload = [("files", ("a.md", b"# A\n\nThe kettle boils water.\n", "text/markdown"))]
    empty_client.post("/v1/documents", data={"knowledge_base": "kb"}, files=upload)
    found = empty_client.get("/v1/documents", params={"knowledge_base": "kb"}).json()["items"][0]["id"]
    assert empty_client.delete(f"{PATH}/kb").status_code == 204
    assert empty_client.get(f"/v1/documents/{found}").status_code == 404
    empty_client.post(PATH, json={"name": "kb"})
    assert empty_client.post("/v1/search", json={"knowledge_base": "kb", "query": "kettle"}).json()["passages"] == []
