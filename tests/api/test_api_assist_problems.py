"""What the assist calls say to bad input, and that edits count at once."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.schemas.intents import MAX_INTENTS
from api.schemas.sentiment import MAX_TURNS
from engine.assist.triage.taxonomy import MAX_EXAMPLES

INTENTS = "/v1/knowledge-bases/kb/intents"
INTENT: dict[str, Any] = {"examples": ["I want to return it", "想退货", "返品したい"], "queue": "returns"}
TRIAGE: dict[str, Any] = {"knowledge_base": "kb", "text": "I want to return it"}


@pytest.fixture
def kb(empty_client: TestClient) -> TestClient:
    assert empty_client.post("/v1/knowledge-bases", json={"name": "kb"}).status_code == 201
    return empty_client


def problem(response: Response, status: int, kind: str) -> dict[str, Any]:
    """Return the problem document (RFC 9457) that a response is."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert (found["status"], found["type"]) == (status, f"/problems/{kind}")
    assert found["title"]
    return found


@pytest.mark.parametrize(
    ("path", "body", "place"),
    [
        ("/v1/sentiment", {"text": "x" * 200_000}, "text"),
        ("/v1/sentiment", {"turns": [{"role": "robot", "text": "x"}]}, "role"),
        ("/v1/sentiment", {"turns": [{"role": "customer"}]}, "text"),
        ("/v1/sentiment", {"turns": [{"role": "customer", "text": "x"}] * (MAX_TURNS + 1)}, "turns"),
        ("/v1/sentiment", {"text": "x", "language": "not a tag"}, "language"),
        ("/v1/sentiment", {"text": "x", "mood": "good"}, "mood"),
        ("/v1/triage", {"text": "x"}, "knowledge_base"),
        ("/v1/triage", {"knowledge_base": "kb"}, "text"),
        ("/v1/triage", {**TRIAGE, "text": ""}, "text"),
        ("/v1/triage", {**TRIAGE, "tier": "gold"}, "tier"),
        ("/v1/triage", {**TRIAGE, "history": [{"role": "customer"}]}, "history"),
        ("/v1/triage", {**TRIAGE, "colour": "red"}, "colour"),
        ("/v1/triage", {**TRIAGE, "language": 3}, "language"),
    ],
)
def test_what_is_wrong_in_a_call_is_named(kb: TestClient, path: str, body: dict[str, Any], place: str) -> None:
    found = problem(kb.post(path, json=body), 422, "invalid-input")
    assert found["instance"] == path
    assert place in str(found["errors"])


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({**INTENT, "examples": "one"}, "examples"),
        ({**INTENT, "examples": ["x"] * (MAX_EXAMPLES + 1)}, "examples"),
        ({**INTENT, "examples": ["x" * 1001]}, "examples"),
        ({**INTENT, "description": "x" * 201}, "description"),
        ({**INTENT, "priority": "asap"}, "priority"),
        ({**INTENT, "required": ["shoe_size"]}, "required"),
        ({**INTENT, "id": "other"}, "id"),
    ],
)
def test_what_is_wrong_in_an_intent_is_named_and_nothing_kept(kb: TestClient, body: dict[str, Any], place: str) -> None:
    found = problem(kb.put(f"{INTENTS}/a", json=body), 422, "invalid-input")
    assert place in str(found["errors"])
    assert kb.get(INTENTS).json() == {"items": [], "revision": 0}


@pytest.mark.parametrize("name", ["a b", "-a", ".a", "a" * 101, "退货"])
def test_ids_that_would_not_do(kb: TestClient, name: str) -> None:
    found = problem(kb.put(f"{INTENTS}/{name}", json=INTENT), 422, "invalid-input")
    assert "id" in str(found["errors"])


def test_one_wrong_intent_leaves_the_whole_taxonomy_as_it_was(kb: TestClient) -> None:
    kb.put(f"{INTENTS}/old", json=INTENT)
    items = [{"id": "good", **INTENT}, {"id": "bad", **INTENT, "examples": [" "]}]
    found = problem(kb.put(INTENTS, json={"items": items}), 422, "invalid-input")
    assert found["detail"]
    assert [each["id"] for each in kb.get(INTENTS).json()["items"]] == ["old"]


def test_there_is_a_limit_to_a_taxonomy(kb: TestClient) -> None:
    items = [{"id": f"i{at}", **INTENT} for at in range(MAX_INTENTS + 1)]
    assert "items" in str(problem(kb.put(INTENTS, json={"items": items}), 422, "invalid-input")["errors"])


@pytest.mark.parametrize("method", ["get", "delete"])
def test_an_unknown_intent_is_named(kb: TestClient, method: str) -> None:
    found = problem(kb.request(method, f"{INTENTS}/ghost"), 404, "not-found")
    assert "'ghost'" in found["detail"]
    assert found["remedy"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "", None),
        ("put", "", {"items": []}),
        ("get", "/a", None),
        ("put", "/a", INTENT),
        ("delete", "/a", None),
    ],
)
def test_an_unknown_knowledge_base_is_named(
    kb: TestClient, method: str, path: str, body: dict[str, Any] | None
) -> None:
    response = kb.request(method, f"/v1/knowledge-bases/nowhere/intents{path}", json=body)
    assert "nowhere" in problem(response, 404, "not-found")["detail"]


@pytest.mark.parametrize("path", ["/v1/sentiment", "/v1/triage"])
def test_calls_that_only_read_are_posted(kb: TestClient, path: str) -> None:
    assert kb.get(path).headers["allow"] == "POST"
    problem(kb.get(path), 405, "method-not-allowed")


def test_a_message_longer_than_the_setting_allows_is_not_quoted(kb: TestClient) -> None:
    found = problem(kb.post("/v1/triage", json={**TRIAGE, "text": "secret " * 3000}), 422, "invalid-input")
    assert "secret secret" not in str(found)


def test_every_edit_counts_at_the_next_triage(kb: TestClient) -> None:
    def found() -> tuple[list[str], str]:
        sorted_out = kb.post("/v1/triage", json=TRIAGE).json()
        return [each["id"] for each in sorted_out["intents"]], sorted_out["queue"]

    assert found() == ([], "returns")  # by the words
    kb.put(f"{INTENTS}/back", json={**INTENT, "queue": "desk one"})
    assert found() == (["back"], "desk one")
    kb.put(f"{INTENTS}/back", json={**INTENT, "queue": "desk two"})
    assert found() == (["back"], "desk two")
    kb.put(INTENTS, json={"items": [{"id": "home", **INTENT, "queue": "desk three"}]})
    assert found() == (["home"], "desk three")
    kb.delete(f"{INTENTS}/home")
    assert found() == ([], "returns")
    assert kb.get(INTENTS).json() == {"items": [], "revision": 4}


def test_intents_go_with_their_knowledge_base(kb: TestClient) -> None:
    kb.put(f"{INTENTS}/back", json=INTENT)
    assert kb.delete("/v1/knowledge-bases/kb").status_code == 204
    problem(kb.get(INTENTS), 404, "not-found")
    problem(kb.post("/v1/triage", json=TRIAGE), 404, "not-found")
    kb.post("/v1/knowledge-bases", json={"name": "kb"})
    assert kb.get(INTENTS).json() == {"items": [], "revision": 0}
    assert kb.post("/v1/triage", json=TRIAGE).json()["intents"] == []


def test_examples_are_trimmed_and_kept_once(kb: TestClient) -> None:
    shown = kb.put(f"{INTENTS}/a", json={"examples": [" Where? ", "Where?", "在哪"]}).json()
    assert shown["examples"] == ["Where?", "在哪"]
    assert shown == kb.get(f"{INTENTS}/a").json()
    assert (shown["priority"], shown["required"], shown["queue"]) == ("normal", [], "")


def test_what_is_still_to_be_asked_is_asked_in_the_language_of_the_customer(kb: TestClient) -> None:
    kb.put(f"{INTENTS}/back", json={**INTENT, "required": ["order_number", "date"]})
    questions = {
        text: [each["question"] for each in kb.post("/v1/triage", json={**TRIAGE, "text": text}).json()["missing"]]
        for text in ("I want to return it", "想退货", "返品したい")
    }
    assert all(len(each) == 2 for each in questions.values()), questions
    assert len({each[0] for each in questions.values()}) == 3
    told = {**TRIAGE, "history": [{"role": "agent", "text": "Is it MV-2026-118420?"}]}
    assert len(kb.post("/v1/triage", json=told).json()["missing"]) == 2  # only the customer's words count


def test_spans_are_in_the_text_that_was_sent(kb: TestClient) -> None:
    text = "🙂 My order MV-2026-118420 cost 49.90 EUR"
    found = kb.post("/v1/triage", json={**TRIAGE, "text": text}).json()
    said = {each["kind"]: text[each["span"]["start"] : each["span"]["end"]] for each in found["entities"]}
    assert said == {"order_number": "MV-2026-118420", "amount": "49.90 EUR"}


@pytest.mark.parametrize(
    ("text", "polarity", "level"),
    [("太棒了，非常满意！", "positive", 5), ("請問幾點下班", "neutral", 3), ("最低です。金返せ！", "negative", 1)],
)
def test_a_language_that_is_not_given_is_told_by_the_words(
    kb: TestClient, text: str, polarity: str, level: int
) -> None:
    (turn,) = kb.post("/v1/sentiment", json={"text": text}).json()["turns"]
    assert (turn["mood"]["polarity"], turn["mood"]["level"]) == (polarity, level)
    told = kb.post("/v1/sentiment", json={"text": text, "language": turn["language"]}).json()
    assert told["turns"] == [turn]


def test_a_conversation_without_the_customer_has_no_mood(kb: TestClient) -> None:
    found = kb.post("/v1/sentiment", json={"turns": [{"role": "agent", "text": "I HATE IT!!"}]}).json()
    assert (found["turns"], found["trend"], found["slope"], found["alarm"]) == ([], "steady", 0.0, None)
    assert found["overall"]["level"] == 3


def test_a_conversation_of_the_greatest_length_is_read(kb: TestClient) -> None:
    turns = [{"role": "customer", "text": "I am disappointed"}] * MAX_TURNS
    found = kb.post("/v1/sentiment", json={"turns": turns}).json()
    assert (len(found["turns"]), found["alarm"], found["alarm_place"]) == (MAX_TURNS, "lasting", 2)


def test_an_id_that_is_given_twice_is_named_and_nothing_kept(kb: TestClient) -> None:
    items = [{"id": name, **INTENT} for name in ("a", "b", "a")]
    found = problem(kb.put(INTENTS, json={"items": items}), 422, "invalid-input")
    assert "'a'" in found["detail"]
    assert kb.get(INTENTS).json() == {"items": [], "revision": 0}
