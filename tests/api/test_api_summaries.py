from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.assembly import build_engine
from engine.settings import Settings
from tests.fakes.embedding import HashEmbedder
from tests.fakes.generation import ScriptedGenerator

TURNS = [
    {"role": "customer", "text": "Hello! My parcel MV-2026-118420 has not arrived."},
    {"role": "agent", "text": "I'm sorry. We will call you by Friday at 12:00."},
    {"role": "customer", "text": "Fine."},
]


def events_of(client: TestClient, **body: object) -> list[tuple[str, dict[str, Any]]]:
    response = client.post("/v1/summaries", json={"turns": TURNS, "stream": True, **body})
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [block.splitlines() for block in response.text.split("\r\n\r\n") if block]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_a_conversation_is_summed_up(client: TestClient) -> None:
    found = client.post("/v1/summaries", json={"turns": TURNS, "purpose": "ticket"}).json()
    assert (found["purpose"], found["language"], found["mode"], found["progress"]) == (
        *("ticket", "en", "extractive"),
        "promised",
    )
    sections = {each["part"]: each for each in found["sections"]}
    (promise,) = sections["promises"]["statements"]
    assert (promise["places"], [due["text"] for due in promise["due"]]) == ([1], ["by Friday", "12:00"])
    assert [fact["normal"] for fact in found["facts"]] == ["mv-2026-118420"]
    for section in found["sections"]:
        for statement in section["statements"]:
            for quote in statement["quotes"]:
                text = TURNS[quote["place"]]["text"]
                assert text[quote["span"]["start"] : quote["span"]["end"]] == quote["text"]


def test_a_stream_ends_with_the_same_summary(client: TestClient) -> None:
    *statements, (name, whole) = events_of(client)
    assert (name, {name for name, _ in statements}) == ("done", {"statement"})
    assert whole == client.post("/v1/summaries", json={"turns": TURNS}).json()
    assert [data for _, data in statements] == [each for part in whole["sections"] for each in part["statements"]]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "body",
    [
        {"turns": []},
        {"turns": [{"role": "agent", "text": "Hello"}]},
        {"turns": [{"role": "customer", "text": " "}]},
        {"turns": [{"role": "visitor", "text": "Hello"}]},
        {"turns": [{"role": "customer", "text": "a"}] * 2001},
        {"turns": [{"role": "customer", "text": "a" * 20_001}]},
        {"turns": TURNS, "purpose": "poem"},
        {"turns": TURNS, "language": "?"},
        {"turns": TURNS, "extra": 1},
        {},
    ],
)
def test_wrong_conversations_are_problems_streamed_or_not(
    client: TestClient, body: dict[str, object], stream: bool
) -> None:
    response = client.post("/v1/summaries", json={**body, "stream": stream})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


def test_a_language_model_writes_and_is_checked(settings: Settings) -> None:
    written = "issue: The customer's parcel has not arrived. [0]\nissue: The kettle is broken. [0]\n"
    engine = build_engine(settings, embedder=HashEmbedder())
    object.__setattr__(engine.parts, "generator", ScriptedGenerator(written))
    with TestClient(create_app(settings, engine=engine)) as client:
        found = client.post("/v1/summaries", json={"turns": TURNS}).json()
        (first, *_) = events_of(client)
    engine.close()
    issue = [each["text"] for part in found["sections"] if part["part"] == "issue" for each in part["statements"]]
    assert (found["mode"], issue) == ("generated", ["The customer's parcel has not arrived."])
    assert first[1]["text"] == "The customer's parcel has not arrived."
