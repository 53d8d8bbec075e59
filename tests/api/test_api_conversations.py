"""Conversations through HTTP and the command line: questions back and hand-over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.desk import Desk

TABLE = "# Warranty\n\n| Part | Warranty |\n|---|---|\n| battery | 1 year |\n| motor | 3 years |\n"


def _ask(client: TestClient, question: str, **rest: object) -> dict[str, Any]:
    body = {"knowledge_base": "shop", "question": question, "threshold": 0, **rest}
    response = client.post("/v1/answer", json=body)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_a_hand_over_is_a_field_of_its_own_with_everything_collected(client: TestClient) -> None:
    answer = _ask(client, "Can I talk to a real person? My parcel MV-2026-004811 was due on 3 May 2026.")
    assert (answer["answer"], answer["abstained"], answer["clarify"], answer["citations"]) == (None, None, None, [])
    handoff = answer["handoff"]
    assert list(handoff) == [
        "reason",
        "queue",
        "priority",
        "summary",
        "facts",
        "sentiment",
        "message",
        "confirmed",
    ]
    assert (handoff["reason"], handoff["queue"], handoff["priority"]) == ("requested", "delivery", "normal")
    assert handoff["facts"] == [
        {"kind": "order_number", "text": "MV-2026-004811", "normal": "mv-2026-004811"},
        {"kind": "date", "text": "3 May 2026", "normal": "2026-05-03"},
    ]
    assert handoff["sentiment"] == {"polarity": "neutral", "level": 3}
    assert handoff["message"]
    assert handoff["confirmed"] is True


def test_the_agent_is_not_talked_over_unless_it_is_asked_for(client: TestClient) -> None:
    conversation = _ask(client, "转人工")["conversation_id"]
    question = "未使用的商品多少天内可以退货？"
    quiet = _ask(client, question, conversation_id=conversation)
    assert (quiet["answer"], quiet["handoff"]["message"]) == (None, "")
    assert _ask(client, question, conversation_id=conversation, after_handoff=True)["answer"] is not None


def test_a_stream_of_a_hand_over_is_the_last_event_alone(client: TestClient) -> None:
    body = {"knowledge_base": "shop", "question": "担当者につないでください", "stream": True}
    events = client.post("/v1/answer", json=body).text
    assert events.count("event: ") == 1
    assert '"reason":"requested"' in events


def test_the_actions_of_a_conversation_sent_whole_are_understood(client: TestClient) -> None:
    history = [
        {"role": "customer", "text": "Do you sell pans?"},
        {"role": "assistant", "text": "No idea, sorry.", "action": "abstain"},
    ]
    assert _ask(client, "yes please", history=history)["handoff"]["reason"] == "requested"
    wrong = [{"role": "assistant", "text": "x", "action": "dance"}]
    body = {"knowledge_base": "shop", "question": "yes", "history": wrong}
    assert client.post("/v1/answer", json=body).status_code == 422


def test_openapi_describes_the_fields(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert {"ClarifyOut", "HandoffOut", "FactOut", "SentimentOut"} <= set(schemas)
    assert "repeated_failure" in schemas["HandoffOut"]["properties"]["reason"]["description"]


@pytest.fixture
def warranty_desk(open_desk: Desk, tmp_path: Path) -> Desk:
    path = tmp_path / "warranty.md"
    path.write_text(TABLE, encoding="utf-8")
    assert open_desk("ingest", str(path)).exit_code == 0
    return open_desk


def test_a_conversation_goes_on_at_the_command_line(warranty_desk: Desk) -> None:
    first = warranty_desk("ask", "How long is the warranty?", "--conversation", "c1", "--threshold", "0")
    assert "Which of these applies to you?" in first.stdout
    assert "2. motor" in first.stdout
    reply = warranty_desk.json("ask", "2", "--conversation", "c1", "--threshold", "0")
    assert reply["conversation_id"] == "c1"
    assert reply["question"]["standalone"] == "How long is the warranty? motor"
    assert "3 years" in reply["answer"]["text"]


def test_people_see_the_hand_over_at_the_command_line(warranty_desk: Desk) -> None:
    shown = warranty_desk("ask", "get me a human, order MV-2026-004811", "--conversation", "c2").stdout
    assert "Handed over: requested · queue" in shown
    assert "order_number: MV-2026-004811" in shown
    question = ("ask", "How long is the motor's warranty?", "--conversation", "c2", "--threshold", "0")
    assert warranty_desk.json(*question)["answer"] is None
    assert warranty_desk.json(*question, "--after-handoff")["answer"] is not None
