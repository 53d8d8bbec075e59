"""`POST /v1/checks` and the list of words over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.schemas.base import SpanOut
from api.schemas.check_examples import CHECK_CALL, FINDING, PROMISE, REPLY
from engine.service import Engine

WORDS = "/v1/knowledge-bases/kb/words"


def check(client: TestClient, text: str, knowledge_base: str = "shop", **rest: object) -> dict[str, Any]:
    response = client.post("/v1/checks", json={"knowledge_base": knowledge_base, "text": text, **rest})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


@pytest.fixture
def kb(empty_client: TestClient, engine: Engine) -> TestClient:
    engine.create_knowledge_base("kb")
    return empty_client


@pytest.mark.parametrize(
    ("text", "verdict", "standing"),
    [
        ("You may return unused goods within 30 days of delivery.", "pass", "fine"),
        ("You may return unused goods within 90 days of delivery.", "block", "contradicted"),
        ("未使用的商品可在收货后30天内退货。", "pass", "fine"),
        ("未使用的商品可在收货后60天内退货。", "block", "contradicted"),
        ("未使用の商品は到着後30日以内に返品できます。", "pass", "fine"),
    ],
)
def test_a_promise_is_held_against_the_documents(client: TestClient, text: str, verdict: str, standing: str) -> None:
    found = check(client, text)
    assert (found["verdict"], [promise["standing"] for promise in found["promises"]]) == (verdict, [standing])
    citation = found["promises"][0]["citation"]
    stored = client.get(f"/v1/documents/{citation['document_id']}/text", params={"version": citation["version"]})
    span = citation["span"]
    assert stored.json()["text"][span["start"] : span["end"]] == citation["quote"]


def test_a_finding_has_its_place_rule_and_remedy(client: TestClient) -> None:
    text = "我们絕對保证，加我薇信"
    found = check(client, text, agent_language="ja", promises=False)
    assert [(f["id"], text[f["span"]["start"] : f["span"]["end"]], f["disguised"]) for f in found["findings"]] == [
        ("general/guarantee", "絕對", False),
        ("general/guarantee", "保证", False),
        ("general/off-platform-contact", "加我薇信", True),
    ]
    assert found["findings"][0]["remedy"].startswith("断定を避け")
    assert (found["verdict"], found["promises"]) == ("block", [])


def test_packs_and_allowed_values_come_with_the_request(client: TestClient) -> None:
    assert check(client, "稳赚不赔", packs=["finance"])["verdict"] == "block"
    assert check(client, "mail jo@example.com")["verdict"] == "warn"
    assert check(client, "mail jo@example.com", allowed=["jo@example.com"])["verdict"] == "pass"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": "x"}, 422),
        ({"knowledge_base": "shop", "text": ""}, 422),
        ({"knowledge_base": "shop", "text": "x" * 20_001}, 422),
        ({"knowledge_base": "shop", "text": "x", "pack": "general"}, 422),
        ({"knowledge_base": "shop", "text": "x", "packs": ["nope"]}, 422),
        ({"knowledge_base": "nope", "text": "x"}, 404),
    ],
)
def test_what_is_refused(client: TestClient, body: dict[str, object], status: int) -> None:
    response = client.post("/v1/checks", json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_a_list_is_changed_and_taken_up_at_once(kb: TestClient) -> None:
    assert kb.get(WORDS).json() == {"items": []}
    assert check(kb, "竟品", "kb")["verdict"] == "pass"
    added = kb.post(WORDS, json={"items": [{"word": "竞品"}, {"word": "Acme", "severity": "warn"}]})
    assert [item["word"] for item in added.json()["items"]] == ["Acme", "竞品"]
    assert check(kb, "竟品", "kb")["verdict"] == "block"
    assert check(kb, "A.c.m.e", "kb")["verdict"] == "warn"
    assert kb.delete(WORDS, params={"word": "竞品"}).status_code == 204
    assert check(kb, "竟品", "kb")["verdict"] == "pass"
    assert kb.delete(WORDS, params={"word": "竞品"}).status_code == 404


def test_an_export_can_be_imported(kb: TestClient) -> None:
    kb.post(WORDS, json={"items": [{"word": "a", "remedy": "Do.", "disguised": False}, {"word": "b"}]})
    exported = kb.get(WORDS).json()
    kb.put(WORDS, json={"items": [{"word": "c"}]})
    assert [item["word"] for item in kb.get(WORDS).json()["items"]] == ["c"]
    assert kb.put(WORDS, json=exported).json() == exported


@pytest.mark.parametrize("items", [[{"word": ""}], [{"word": "***"}], [{"word": "a", "severity": "nope"}], [{}]])
def test_what_cannot_be_listed(kb: TestClient, items: list[dict[str, str]]) -> None:
    assert kb.post(WORDS, json={"items": items}).status_code == 422
    assert kb.get(WORDS).json() == {"items": []}


@pytest.mark.parametrize("method", ["get", "delete"])
def test_an_unknown_knowledge_base(kb: TestClient, method: str) -> None:
    assert kb.request(method, "/v1/knowledge-bases/nope/words", params={"word": "a"}).status_code == 404


def test_the_examples_point_at_their_words() -> None:
    assert CHECK_CALL["text"] == REPLY
    said = [SpanOut.model_validate(example["span"]) for example in (FINDING, PROMISE)]
    assert [REPLY[span.start : span.end] for span in said] == ["guarantee", "You may return it within 60 days."]
