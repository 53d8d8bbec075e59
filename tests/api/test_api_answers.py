from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from engine.domain.answer import TokenEvent
from engine.errors import BackendFailed
from engine.service import Engine

KEYS = [
    "conversation_id",
    "answer_id",
    "question",
    "answer",
    "citations",
    "confidence",
    "abstained",
    "clarify",
    "handoff",
    "conflicts",
    "follow_ups",
    "timings_ms",
]
QUESTION = "Within how many days may I return unused goods?"


def _body(question: str = QUESTION, **rest: object) -> dict[str, object]:
    return {"knowledge_base": "shop", "question": question, "threshold": 0, **rest}


def _ask(client: TestClient, question: str = QUESTION, **rest: object) -> dict[str, Any]:
    response = client.post("/v1/answer", json=_body(question, **rest))
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def _stream(client: TestClient, question: str = QUESTION, **rest: object) -> list[tuple[str, dict[str, Any]]]:
    response = client.post("/v1/answer", json=_body(question, stream=True, **rest))
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [block.splitlines() for block in response.text.split("\r\n\r\n") if block]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


@pytest.mark.parametrize(
    ("question", "part", "language"),
    [
        (QUESTION, "within 30 days", "en"),
        ("未使用の商品は何日以内に返品できますか", "30日以内", "ja"),
        ("未使用的商品多少天内可以退货？", "30天内", "zh-Hans"),
    ],
)
def test_an_answer_is_supported_by_quotes_that_anyone_can_check(
    client: TestClient, question: str, part: str, language: str
) -> None:
    answer = _ask(client, question)
    assert list(answer) == KEYS
    assert answer["question"]["language"] == language
    assert part in answer["answer"]["text"]
    assert answer["answer"]["mode"] == "extractive"
    assert answer["abstained"] is None
    assert 0 <= answer["confidence"] <= 1
    assert answer["citations"]
    for citation in answer["citations"]:
        stored = client.get(f"/v1/documents/{citation['document_id']}/text", params={"version": citation["version"]})
        span, shown = citation["span"], citation["answer_span"]
        assert stored.json()["text"][span["start"] : span["end"]] == citation["quote"]
        assert 0 <= shown["start"] < shown["end"] <= len(answer["answer"]["text"])


def test_an_answer_below_the_threshold_is_withheld(client: TestClient) -> None:
    answer = _ask(client, "How tall is the moon's oldest mountain goat?", threshold=1)
    assert list(answer) == KEYS
    assert answer["answer"] is None
    assert answer["citations"] == []
    assert answer["abstained"]["reason"] in ("no_evidence", "low_confidence")
    assert answer["abstained"]["message"]


def test_filters_that_leave_nothing_leave_no_answer(client: TestClient) -> None:
    assert _ask(client, filter={"kinds": ["faq"]})["abstained"]["reason"] == "no_evidence"


def test_a_filter_restricts_the_evidence(client: TestClient) -> None:
    cited = _ask(client, filter={"kinds": ["policy"], "tags": ["returns"]})["citations"]
    assert {citation["kind"] for citation in cited} == {"policy"}


@pytest.mark.parametrize("question", ["🙂🙂", "？！…", "❤️"])
def test_only_emoji_or_signs_is_not_answered(client: TestClient, question: str) -> None:
    answer = _ask(client, question)
    assert answer["answer"] is None
    assert answer["abstained"]["reason"] == "no_evidence"


def test_the_language_can_be_given(client: TestClient) -> None:
    assert _ask(client, language="de")["question"]["language"] == "de"


def test_a_conversation_goes_on(client: TestClient) -> None:
    first = _ask(client, "How long does the warranty of the kettle last?")
    second = _ask(client, "And the receipt?", conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    alone = _ask(client, "And the receipt?")
    assert second["question"]["standalone"] != alone["question"]["standalone"]


def test_history_that_is_sent_counts_like_history_that_is_stored(client: TestClient) -> None:
    history = [{"role": "customer", "text": "How long does the warranty of the kettle last?"}]
    answer = _ask(client, "And the receipt?", history=history)
    assert answer["question"]["text"] == "And the receipt?"
    assert answer["question"]["standalone"] != "And the receipt?"


def test_a_stream_ends_with_the_same_answer(client: TestClient) -> None:
    events = _stream(client)
    whole = _ask(client)
    names = [name for name, _ in events]
    assert names[0] == "token"
    assert names[-1] == "done"
    assert set(names[:-1]) == {"token", "citation"}
    done = events[-1][1]
    assert list(done) == KEYS
    varying = ("conversation_id", "answer_id", "timings_ms")
    assert {k: v for k, v in done.items() if k not in varying} == {k: v for k, v in whole.items() if k not in varying}
    assert "".join(data["text"] for name, data in events if name == "token") == done["answer"]["text"]
    assert [data for name, data in events if name == "citation"] == done["citations"]


def test_a_citation_follows_the_text_that_it_supports(client: TestClient) -> None:
    sent = 0
    for name, data in _stream(client):
        if name == "token":
            sent += len(data["text"])
        if name == "citation":
            assert data["answer_span"]["end"] <= sent


def test_a_streamed_abstention_is_one_event(client: TestClient) -> None:
    events = _stream(client, filter={"kinds": ["faq"]})
    assert [name for name, _ in events] == ["done"]
    assert events[0][1]["abstained"]["reason"] == "no_evidence"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"knowledge_base": "shoop"}, 404),
        ({"question": ""}, 422),
        ({"question": " \n "}, 422),
        ({"question": "x" * 4001}, 422),
        ({"question": ["a", "list"]}, 422),
        ({"threshold": 2}, 422),
        ({"filter": {"as_of": "yesterday"}}, 422),
        ({"question": None}, 422),
    ],
    ids=str,
)
def test_wrong_questions_are_problems_streamed_or_not(
    client: TestClient, stream: bool, wrong: dict[str, object], status: int
) -> None:
    response = client.post("/v1/answer", json={**_body(stream=stream), **wrong})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_a_stream_that_breaks_says_so(client: TestClient, shop: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> object:
        yield TokenEvent("You may ")
        raise BackendFailed("The store is away.", remedy="Wait.")

    monkeypatch.setattr(shop, "stream", breaks)
    events = _stream(client)
    assert [name for name, _ in events] == ["token", "error"]
    assert events[1][1]["type"] == "/problems/backend-failed"
    assert events[1][1]["remedy"] == "Wait."
