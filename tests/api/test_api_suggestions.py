from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

CANNED = "/v1/canned-replies"
REPLY = {
    "shortcut": "late",
    "language": "en",
    "title": "Where is my parcel?",
    "text": "Sorry, order {order_number} is late.",
    "category": "delivery",
}
ASK = {"knowledge_base": "kb", "turns": [{"role": "customer", "text": "Where is my parcel? It is late"}]}


@pytest.fixture
def desk_client(empty_client: TestClient) -> TestClient:
    empty_client.post("/v1/knowledge-bases", json={"name": "kb"})
    assert empty_client.post(CANNED, json={"knowledge_base": "kb", **REPLY}).status_code == 201
    return empty_client


def listed(client: TestClient, **query: str) -> list[dict[str, object]]:
    found = client.get(CANNED, params={"knowledge_base": "kb", **query}).json()["items"]
    return list(found)


def test_canned_replies_live_and_die(desk_client: TestClient) -> None:
    (made,) = listed(desk_client)
    assert made == {"id": made["id"], "knowledge_base": "kb", **REPLY, "used": 0, "accepted": 0}
    assert desk_client.get(f"{CANNED}/{made['id']}").json() == made
    changed = desk_client.put(f"{CANNED}/{made['id']}", json={**REPLY, "text": "New."}).json()
    assert (changed["id"], changed["text"]) == (made["id"], "New.")
    assert desk_client.delete(f"{CANNED}/{made['id']}").status_code == 204
    assert desk_client.get(f"{CANNED}/{made['id']}").status_code == 404
    assert listed(desk_client) == []


def test_replies_are_chosen_by_language_category_and_shortcut(desk_client: TestClient) -> None:
    for language, category in (("ja", "delivery"), ("de", "other")):
        body = {"knowledge_base": "kb", **REPLY, "language": language, "category": category}
        assert desk_client.post(CANNED, json=body).status_code == 201
    assert [each["language"] for each in listed(desk_client)] == ["de", "en", "ja"]
    assert [each["language"] for each in listed(desk_client, language="ja")] == ["ja"]
    assert [each["language"] for each in listed(desk_client, category="delivery")] == ["en", "ja"]
    assert listed(desk_client, shortcut="x") == []


@pytest.mark.parametrize(
    ("change", "status"),
    [({}, 409), ({"shortcut": "a b"}, 422), ({"text": ""}, 422), ({"language": "?"}, 422), ({"colour": "red"}, 422)],
)
def test_wrong_replies_are_refused(desk_client: TestClient, change: dict[str, str], status: int) -> None:
    assert desk_client.post(CANNED, json={"knowledge_base": "kb", **REPLY, **change}).status_code == status


def test_a_suggestion_is_sent_after_an_edit(desk_client: TestClient) -> None:
    found = desk_client.post("/v1/suggestions", json={**ASK, "facts": {"order_number": "MV-7"}, "group": "day"}).json()
    canned = next(item for item in found["items"] if item["kind"] == "canned")
    assert (canned["text"], canned["gaps"], canned["evidence"]) == ("Sorry, order MV-7 is late.", [], [])
    judged = desk_client.post(
        f"/v1/suggestions/{canned['id']}/feedback", json={"verdict": "edited", "sent_text": "Sorry, MV-7 is late."}
    )
    assert judged.json() == {
        "suggestion_id": canned["id"],
        "kind": "canned",
        "verdict": "edited",
        "distance": pytest.approx(6 / 26),
    }
    assert listed(desk_client)[0]["used"] == 1


def test_what_is_missing_is_marked_and_asked_for(desk_client: TestClient) -> None:
    items = desk_client.post("/v1/suggestions", json=ASK).json()["items"]
    canned = next(item for item in items if item["kind"] == "canned")
    (gap,) = canned["gaps"]
    assert canned["text"][gap["span"]["start"] : gap["span"]["end"]] == "{order_number}"
    assert "Could you tell me your order number?" in [item["text"] for item in items]


def test_warnings_come_beside(desk_client: TestClient) -> None:
    turns = [
        {"role": "customer", "text": "Where is my refund?", "at": "2026-07-01T10:00:00Z"},
        {"role": "agent", "text": "We will refund you within 2 days.", "at": "2026-07-01T10:05:00Z"},
        {"role": "customer", "text": "You are liars, this is outrageous!! I am furious", "at": "2026-07-05T10:00:00Z"},
    ]
    body = {"knowledge_base": "kb", "turns": turns, "agent_language": "zh-Hans", "now": "2026-07-05T10:01:00Z"}
    warnings = desk_client.post("/v1/suggestions", json=body).json()["warnings"]
    assert {each["kind"]: each["place"] for each in warnings} == {"rising_anger": 2, "promise_due": 1}
    assert "承诺到期" in next(each["message"] for each in warnings if each["kind"] == "promise_due")


def test_knowledge_comes_with_citations(client: TestClient) -> None:
    turns = [{"role": "customer", "text": "How long may I return unused goods?"}]
    items = client.post("/v1/suggestions", json={"knowledge_base": "shop", "turns": turns}).json()["items"]
    first = next(item for item in items if item["kind"] == "knowledge")
    assert "30 days" in first["text"]
    assert first["evidence"][0]["uri"] == "returns.md"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**ASK, "knowledge_base": "ghost"}, 404),
        ({**ASK, "turns": []}, 422),
        ({**ASK, "turns": [{"role": "agent", "text": "Hi"}]}, 422),
        ({**ASK, "facts": {"Order": "x"}}, 422),
        ({**ASK, "limit": 0}, 422),
    ],
)
def test_wrong_requests_are_refused(desk_client: TestClient, body: dict[str, object], status: int) -> None:
    assert desk_client.post("/v1/suggestions", json=body).status_code == status


@pytest.mark.parametrize(
    ("body", "status"), [({"verdict": "accepted"}, 404), ({"verdict": "edited"}, 422), ({"verdict": "solved"}, 422)]
)
def test_wrong_feedback_is_refused(desk_client: TestClient, body: dict[str, str], status: int) -> None:
    assert desk_client.post("/v1/suggestions/ghost.0/feedback", json=body).status_code == status
