"""The graph over HTTP: nodes, edges with evidence, related documents, and that it follows the documents."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from engine.permitted.view import permitted
from engine.service import Engine

KB = {"knowledge_base": "desk"}
PAGES = {
    "manual.md": "---\nkind: manual\n---\n# Drift R3 manual\n\n| Code | Meaning |\n|---|---|\n| E4 | Sensor dirty |\n"
    "\nSee the [warranty](warranty.md).\n",
    "warranty.md": "---\nkind: policy\n---\n# Warranty\n\nThe motor of the Drift R3 is covered for 3 years.\n",
    "kettle.md": "# Breva K2\n\nThe kettle boils water.\n",
}


@pytest.fixture
def shop(empty_client: TestClient) -> TestClient:
    empty_client.post("/v1/knowledge-bases", json={"name": "desk"})
    upload(empty_client, **PAGES)
    return empty_client


def upload(client: TestClient, **pages: str) -> None:
    files = [("files", (name, text.encode())) for name, text in pages.items()]
    assert client.post("/v1/documents", files=files, data=KB).status_code == 200


def graph(client: TestClient, **params: Any) -> dict[str, Any]:
    reply = client.get("/v1/graph", params={**KB, **params})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def document(client: TestClient, uri: str) -> str:
    (found,) = client.get("/v1/documents", params={**KB, "uri": uri}).json()["items"]
    return str(found["id"])


def test_a_node_is_shown_with_its_neighbours_and_the_evidence(shop: TestClient) -> None:
    found = graph(shop, node="product:drift r3")
    assert found["nodes"][0]["id"] == "product:drift r3"
    assert {each["kind"] for each in found["nodes"]} == {"product", "error_code", "document", "policy"}
    edges = {(each["relation"], each["target"]): each for each in found["edges"]}
    error = edges["has_error", "error_code:drift r3 e4"]
    assert error["evidence"][0]["quote"] == "Code: E4; Meaning: Sensor dirty"
    text = shop.get(f"/v1/documents/{error['evidence'][0]['document_id']}/text").json()["text"]
    span = error["evidence"][0]["span"]
    assert text[span["start"] : span["end"]] == error["evidence"][0]["quote"]


def test_nodes_are_found_by_kind_and_name(shop: TestClient) -> None:
    assert {each["label"] for each in graph(shop, kind="product")["nodes"]} == {"Drift R3", "Breva K2"}
    assert [each["label"] for each in graph(shop, name="breva", kind="product")["nodes"]] == ["Breva K2"]
    assert len(graph(shop, limit=1)["nodes"]) == 1
    assert shop.get("/v1/graph", params={**KB, "node": "product:none"}).status_code == 404
    assert shop.get("/v1/graph", params={"knowledge_base": "nowhere"}).status_code == 404


def test_related_documents_name_the_same_or_are_linked(shop: TestClient) -> None:
    manual = document(shop, "manual.md")
    (related,) = shop.get(f"/v1/documents/{manual}/related").json()["items"]
    assert (related["title"], related["shared"], related["linked"]) == ("Warranty", ["product:drift r3"], True)
    assert shop.get(f"/v1/documents/{document(shop, 'kettle.md')}/related").json()["items"] == []
    assert shop.get("/v1/documents/none/related").status_code == 404


def test_the_graph_follows_the_documents(shop: TestClient, engine: Engine) -> None:
    assert engine.parts.desk
    before = engine.parts.desk.graph.versions("desk")
    assert before == {}
    graph(shop)
    upload(shop, **{"kettle.md": "# Nido S1\n\nThe scale weighs.\n"})
    assert {each["label"] for each in graph(shop, kind="product")["nodes"]} == {"Drift R3", "Nido S1"}
    assert sorted(engine.parts.desk.graph.versions("desk").values()) == [1, 1, 2]
    shop.delete(f"/v1/documents/{document(shop, 'manual.md')}")
    assert "error_code" not in {each["kind"] for each in graph(shop)["nodes"]}


def test_who_sees_only_some_documents_sees_no_graph(engine: Engine) -> None:
    assert permitted(engine, ("staff",)).parts.desk is None
