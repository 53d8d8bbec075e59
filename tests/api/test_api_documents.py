from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

PATH = "/v1/documents"


def _listed(client: TestClient, **params: object) -> dict[str, Any]:
    response = client.get(PATH, params={"knowledge_base": "shop", **{k: str(v) for k, v in params.items()}})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def _uploaded(client: TestClient, name: str, text: str) -> str:
    client.post("/v1/knowledge-bases", json={"name": "kb"})
    files = [("files", (name, text.encode(), "text/markdown"))]
    assert client.post(PATH, data={"knowledge_base": "kb"}, files=files).json()["documents"]["failed"] == 0
    items = client.get(PATH, params={"knowledge_base": "kb"}).json()["items"]
    return next(str(item["id"]) for item in items if item["uri"].endswith(name))


def test_documents_are_listed_by_uri(client: TestClient) -> None:
    page = _listed(client)
    uris = [item["uri"] for item in page["items"]]
    assert uris == sorted(uris)
    assert {uri.rpartition("/")[2] for uri in uris} == {"returns.md", "warranty.md", "henpin.md", "tuihuo.md"}
    assert page["next_cursor"] is None


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
def test_pages_together_are_the_whole_list(client: TestClient, limit: int) -> None:
    whole = _listed(client)["items"]
    walked, cursor, pages = list[dict[str, Any]](), None, 0
    while pages == 0 or cursor:
        page = _listed(client, limit=limit, **({"cursor": cursor} if cursor else {}))
        assert len(page["items"]) <= limit
        walked += page["items"]
        cursor, pages = page["next_cursor"], pages + 1
    assert walked == whole
    assert pages == -(-len(whole) // limit)


@pytest.mark.parametrize(
    "params",
    [{"knowledge_base": ""}, {"limit": "0"}, {"limit": "201"}, {"limit": "many"}, {"page": "2"}, {"cursor": ""}],
    ids=str,
)
def test_wrong_queries_are_refused(client: TestClient, params: dict[str, str]) -> None:
    response = client.get(PATH, params={"knowledge_base": "shop", **params})
    assert response.status_code == 422
    assert response.json()["errors"]
    assert client.get(PATH).status_code == 422


def test_documents_of_an_unknown_knowledge_base(client: TestClient) -> None:
    assert client.get(PATH, params={"knowledge_base": "nothing"}).status_code == 404
    assert _listed(client, knowledge_base="empty") == {"items": [], "next_cursor": None, "total": None}


def test_one_document(client: TestClient) -> None:
    listed = next(item for item in _listed(client)["items"] if item["uri"].endswith("returns.md"))
    shown = client.get(f"{PATH}/{listed['id']}").json()
    assert shown == {**listed, "version_in_force": 1, "duplicates": []}
    assert (shown["title"], shown["kind"], shown["language"]) == ("Returns", "policy", "en")
    assert (shown["tags"], shown["version"], shown["knowledge_base"]) == (["returns"], 1, "shop")


def test_the_text_of_a_document(client: TestClient) -> None:
    found = _listed(client)["items"][0]["id"]
    current = client.get(f"{PATH}/{found}/text").json()
    assert current["document_id"] == found
    assert current["version"] == 1
    assert current["text"]
    assert client.get(f"{PATH}/{found}/text", params={"version": "1"}).json() == current


def test_an_older_text_stays_readable(empty_client: TestClient) -> None:
    found = _uploaded(empty_client, "a.md", "# A\n\nThe kettle boils in five minutes.\n")
    assert _uploaded(empty_client, "a.md", "# A\n\nThe kettle boils in three minutes.\n") == found
    texts = [
        empty_client.get(f"{PATH}/{found}/text", params={"version": version}).json()["text"] for version in ("1", "2")
    ]
    assert "five" in texts[0]
    assert "three" in texts[1]
    assert empty_client.get(f"{PATH}/{found}/text").json()["text"] == texts[1]
    assert empty_client.get(f"{PATH}/{found}").json()["version"] == 2


@pytest.mark.parametrize("version", ["0", "-1", "one", "1.5"])
def test_versions_are_positive_numbers(client: TestClient, version: str) -> None:
    found = _listed(client)["items"][0]["id"]
    assert client.get(f"{PATH}/{found}/text", params={"version": version}).status_code == 422


def test_a_version_that_does_not_exist(client: TestClient) -> None:
    found = _listed(client)["items"][0]["id"]
    assert client.get(f"{PATH}/{found}/text", params={"version": "9"}).status_code == 404
    assert client.get(f"{PATH}/{found}/text", params={"version": str(10**30)}).status_code == 422


@pytest.mark.parametrize("id", ["nothing", "' OR 1=1 --", "00000000-0000-0000-0000-000000000000", "🙂"])
def test_unknown_documents(client: TestClient, id: str) -> None:
    for response in (
        client.get(f"{PATH}/{id}"),
        client.get(f"{PATH}/{id}/text"),
        client.delete(f"{PATH}/{id}"),
    ):
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"


def test_a_deleted_document_is_found_no_more(empty_client: TestClient) -> None:
    found = _uploaded(empty_client, "a.md", "# A\n\nThe kettle boils water.\n")
    query = {"knowledge_base": "kb", "query": "kettle"}
    assert empty_client.post("/v1/search", json=query).json()["passages"]
    deleted = empty_client.delete(f"{PATH}/{found}")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert empty_client.post("/v1/search", json=query).json()["passages"] == []
    assert empty_client.get(f"{PATH}/{found}").status_code == 404
    assert empty_client.delete(f"{PATH}/{found}").status_code == 404
