from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient


def _search(client: TestClient, query: str, **rest: object) -> dict[str, Any]:
    response = client.post("/v1/search", json={"knowledge_base": "shop", "query": query, **rest})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


@pytest.mark.parametrize(
    ("query", "uri", "language"),
    [
        ("return unused goods", "returns.md", "en"),
        ("未使用の商品の返品", "henpin.md", "ja"),
        ("未使用的商品退货", "tuihuo.md", "zh-Hans"),
    ],
)
def test_the_best_passage_comes_first(client: TestClient, query: str, uri: str, language: str) -> None:
    found = _search(client, query)
    best = found["passages"][0]
    assert best["uri"].endswith(uri)
    assert found["query"] == query
    assert found["language"] == language
    scores = [passage["score"] for passage in found["passages"]]
    assert scores == sorted(scores, reverse=True)
    assert best["ranks"]
    assert set(best["scores"]) == {*best["ranks"], "late"}
    assert found["timings_ms"]


def test_passages_and_highlights_lie_in_the_stored_text(client: TestClient) -> None:
    for passage in _search(client, "return unused goods")["passages"]:
        text = client.get(
            f"/v1/documents/{passage['document_id']}/text", params={"version": passage["version"]}
        ).json()["text"]
        assert text[passage["span"]["start"] : passage["span"]["end"]] == passage["text"]
        for mark in passage["highlights"]:
            assert passage["span"]["start"] <= mark["start"] < mark["end"] <= passage["span"]["end"]


def test_highlights_show_what_matches(client: TestClient) -> None:
    best = _search(client, "unused goods")["passages"][0]
    begin = best["span"]["start"]
    marked = {best["text"][m["start"] - begin : m["end"] - begin].lower() for m in best["highlights"]}
    assert {"unused", "goods"} <= {word for mark in marked for word in mark.split()}


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_the_limit_holds(client: TestClient, limit: int) -> None:
    assert 1 <= len(_search(client, "goods", limit=limit)["passages"]) <= limit


@pytest.mark.parametrize(
    ("restriction", "uris"),
    [
        ({"kinds": ["policy"]}, {"returns.md"}),
        ({"kinds": ["faq"]}, set()),
        ({"tags": ["returns"]}, {"returns.md"}),
        ({"tags": ["returns", "other"]}, set()),
        ({"languages": ["ja"]}, {"henpin.md"}),
        ({"document_ids": ["no-such-id"]}, set()),
    ],
    ids=str,
)
def test_filters_restrict(client: TestClient, restriction: dict[str, object], uris: set[str]) -> None:
    passages = _search(client, "goods 返品 退货 return", filter=restriction)["passages"]
    assert {passage["uri"].rpartition("/")[2] for passage in passages} == uris


HOSTILE = ["' OR 1=1 --", '"}], "should": [{"', "../../etc/passwd", "${jndi:x}", "*", "%", "<script>", "{{7*7}}", "🙂"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_filters_find_nothing_and_break_nothing(client: TestClient, text: str) -> None:
    assert _search(client, "goods", filter={"tags": [text]})["passages"] == []
    assert _search(client, "goods", filter={"document_ids": [text]})["passages"] == []


@pytest.mark.parametrize("query", [*HOSTILE, "🙂🙂🙂", "？！", "x" * 4000, "goods\x00", "half \ud83d"])
def test_strange_queries_get_a_sane_answer(client: TestClient, query: str) -> None:
    body = json.dumps({"knowledge_base": "shop", "query": query})
    response = client.post("/v1/search", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 200


@pytest.mark.parametrize("query", ["", "   ", "\n\t", "\x00", "x" * 4001])
def test_empty_and_too_long_queries_are_refused(client: TestClient, query: str) -> None:
    response = client.post("/v1/search", json={"knowledge_base": "shop", "query": query})
    assert response.status_code == 422
    assert response.json()["type"] == "/problems/invalid-input"
    assert response.json()["remedy"]


def test_an_unknown_knowledge_base_is_told_with_the_known_ones(client: TestClient) -> None:
    response = client.post("/v1/search", json={"knowledge_base": "shoop", "query": "goods"})
    assert response.status_code == 404
    assert "shop" in response.json()["detail"] + response.json()["remedy"]


def test_an_empty_knowledge_base_has_no_passages(client: TestClient) -> None:
    response = client.post("/v1/search", json={"knowledge_base": "empty", "query": "goods"})
    assert response.status_code == 200
    assert response.json()["passages"] == []
