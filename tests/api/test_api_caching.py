"""The cache of answers over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.service import Engine
from engine.settings import load_settings

ASKED = {"knowledge_base": "shop", "question": "How long does the warranty of the kettle last?", "threshold": 0.0}


@pytest.fixture
def cached(shop: Engine, tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(load_settings(data_dir=tmp_path, parse_workers=0, answer_cache=9), engine=shop)) as made:
        yield made


def test_it_is_off_unless_it_is_asked_for(client: TestClient) -> None:
    for _ in range(2):
        assert "X-Cache" not in client.post("/v1/answer", json=ASKED).headers


def test_an_answer_is_given_again_whole_or_streamed(cached: TestClient) -> None:
    first, again = (cached.post("/v1/answer", json=ASKED) for _ in range(2))
    streamed = cached.post("/v1/answer", json={**ASKED, "stream": True})
    assert [reply.headers["X-Cache"] for reply in (first, again, streamed)] == ["miss", "hit", "hit"]
    assert again.json()["answer"] == first.json()["answer"]
    assert again.json()["answer_id"] != first.json()["answer_id"]
    assert streamed.text.count("event: token") == streamed.text.count("event: done") == 1
    text = cached.get("/metrics").text
    assert 'knowdesk_cache_total{result="hit"} 2.0' in text
    assert 'knowdesk_cache_total{result="miss"} 1.0' in text


@pytest.mark.parametrize("wish", ["no-cache", "max-age=0, No-Store"])
def test_a_header_turns_it_off(cached: TestClient, wish: str) -> None:
    cached.post("/v1/answer", json=ASKED)
    assert "X-Cache" not in cached.post("/v1/answer", json=ASKED, headers={"Cache-Control": wish}).headers


def test_a_conversation_goes_on_after_a_hit(cached: TestClient) -> None:
    for _ in range(2):
        first = cached.post("/v1/answer", json=ASKED).json()
    reply = cached.post(
        "/v1/answer", json={**ASKED, "question": "And must I keep it?", "conversation_id": first["conversation_id"]}
    )
    assert "X-Cache" not in reply.headers
    said = {key: first[key] for key in ("answer_id", "conversation_id")} | {"verdict": "accepted"}
    feedback = cached.post("/v1/feedback", json=said)
    assert feedback.status_code == 200
