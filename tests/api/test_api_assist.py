from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

INTENTS = "/v1/knowledge-bases/kb/intents"
RETURN = {
    "examples": ["I want to return my order", "How can I send it back?", "想退货", "返品したい"],
    "description": "",
    "category": "returns",
    "queue": "returns",
    "priority": "normal",
    "required": ["order_number"],
}
TRACK = {**RETURN, "examples": ["Where is my parcel?", "包裹到哪了"], "category": "delivery", "queue": "delivery"}


@pytest.fixture
def desk_client(empty_client: TestClient) -> TestClient:
    empty_client.post("/v1/knowledge-bases", json={"name": "kb"})
    for name, body in (("return_item", RETURN), ("track_parcel", TRACK)):
        assert empty_client.put(f"{INTENTS}/{name}", json=body).status_code == 200
    return empty_client


def test_intents_live_and_die(desk_client: TestClient) -> None:
    listed = desk_client.get(INTENTS).json()
    assert ([item["id"] for item in listed["items"]], listed["revision"]) == (["return_item", "track_parcel"], 2)
    assert desk_client.get(f"{INTENTS}/return_item").json() == {"id": "return_item", **RETURN}
    assert desk_client.delete(f"{INTENTS}/return_item").status_code == 204
    assert desk_client.get(f"{INTENTS}/return_item").status_code == 404
    replaced = desk_client.put(INTENTS, json={"items": [{"id": "other", **RETURN}]})
    assert [item["id"] for item in replaced.json()["items"]] == ["other"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"{INTENTS}/a%20b", RETURN),
        (f"{INTENTS}/a", {}),
        (f"{INTENTS}/a", {"examples": []}),
        (f"{INTENTS}/a", {**RETURN, "priority": "soon"}),
        (f"{INTENTS}/a", {**RETURN, "required": ["shoe_size"]}),
        (f"{INTENTS}/a", {**RETURN, "colour": "red"}),
        (f"{INTENTS}/a", {"examples": [" "]}),
    ],
)
def test_wrong_intents_are_refused(desk_client: TestClient, path: str, body: dict[str, object]) -> None:
    assert desk_client.put(path, json=body).status_code == 422


def test_a_message_is_sorted(desk_client: TestClient) -> None:
    body = {"knowledge_base": "kb", "text": "How can I send back my order? I am in a hurry, by Friday please"}
    found = desk_client.post("/v1/triage", json={**body, "tier": "vip"}).json()
    assert found["intents"][0]["id"] == "return_item"
    assert (found["queue"], found["priority"], found["reasons"]) == ("returns", "urgent", ["deadline", "tier"])
    assert found["missing"] == [{"kind": "order_number", "question": "Could you tell me your order number?"}]
    history = [{"role": "customer", "text": "My order is MV-2026-118420"}]
    assert desk_client.post("/v1/triage", json={**body, "history": history}).json()["missing"] == []


def test_an_edit_is_taken_up_by_the_next_call(desk_client: TestClient) -> None:
    body = {"knowledge_base": "kb", "text": "Do you sell bamboo umbrellas?"}
    assert "umbrella" not in [each["id"] for each in desk_client.post("/v1/triage", json=body).json()["intents"]]
    desk_client.put(f"{INTENTS}/umbrella", json={**RETURN, "examples": ["I want a bamboo umbrella"]})
    assert desk_client.post("/v1/triage", json=body).json()["intents"][0]["id"] == "umbrella"


@pytest.mark.parametrize("name", ["triage", "intents"])
def test_unknown_knowledge_bases(client: TestClient, name: str) -> None:
    if name == "intents":
        response = client.get("/v1/knowledge-bases/ghost/intents")
    else:
        response = client.post("/v1/triage", json={"knowledge_base": "ghost", "text": "Hello"})
    assert (response.status_code, response.json()["type"]) == (404, "/problems/not-found")


def test_the_mood_of_a_message_and_of_a_conversation(client: TestClient) -> None:
    one = client.post("/v1/sentiment", json={"text": "Unfortunately it is broken again, I'm disappointed"}).json()
    assert one["turns"][0]["mood"]["polarity"] == "negative"
    cue = one["turns"][0]["mood"]["cues"][0]
    assert (cue["kind"], cue["span"]) == ("regret", {"start": 0, "end": 13})
    turns = [
        {"role": "customer", "text": "This is outrageous, you are useless!!"},
        {"role": "agent", "text": "I am sorry. The refund is booked."},
        {"role": "customer", "text": "Wonderful, thank you so much!"},
    ]
    found = client.post("/v1/sentiment", json={"turns": turns}).json()
    assert [turn["place"] for turn in found["turns"]] == [0, 2]
    assert (found["trend"], found["alarm"], found["alarm_place"]) == ("improving", "fury", 0)


@pytest.mark.parametrize("body", [{}, {"text": " "}, {"text": "a", "turns": [{"role": "customer", "text": "b"}]}])
def test_either_a_text_or_turns(client: TestClient, body: dict[str, object]) -> None:
    assert client.post("/v1/sentiment", json=body).status_code == 422
