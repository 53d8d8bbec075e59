"""Operating the service: metrics, request ids, the log, limits, deadlines."""

from __future__ import annotations

import io
import json
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from api.app import create_app
from engine.observability import configure_logging
from engine.ports import Vector
from engine.service import Engine
from engine.settings import Settings, load_settings
from tests.fakes.openai_server import Mode, fake_openai

SECRET = "Zanzibar"
ASKED = {"knowledge_base": "shop", "question": f"How long may I return unused goods to {SECRET}?"}


def _client(shop: Engine, data_dir: Path, **chosen: Any) -> TestClient:
    return TestClient(create_app(load_settings(data_dir=data_dir, parse_workers=0, **chosen), engine=shop))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    configure_logging(level=logging.INFO, stream=stream, as_json=True)
    yield stream
    configure_logging()


def test_metrics_count_what_was_done_and_quote_nothing(client: TestClient) -> None:
    client.post("/v1/answer", json=ASKED)
    client.post("/v1/answer", json={**ASKED, "question": f"Who painted the {SECRET} chapel?"})
    client.get(f"/v1/documents/{SECRET}?x={SECRET}")
    client.get(f"/{SECRET}")
    text = client.get("/metrics").text
    assert 'knowdesk_requests_total{method="POST",route="/v1/answer",status="200"} 2.0' in text
    assert 'knowdesk_requests_total{method="GET",route="/v1/documents/{id}",status="404"} 1.0' in text
    assert 'knowdesk_requests_total{method="GET",route="unknown",status="404"} 1.0' in text
    assert 'knowdesk_answers_total{outcome="' in text
    for stage in ("embed", "search", "rerank", "extract"):
        assert f'knowdesk_stage_seconds_count{{stage="{stage}"}}' in text
    assert 'knowdesk_jobs{state="queued"} 0.0' in text
    assert SECRET not in text


def test_a_streamed_answer_is_counted_too(client: TestClient) -> None:
    assert "event: done" in client.post("/v1/answer", json={**ASKED, "stream": True}).text
    text = client.get("/metrics").text
    assert 'knowdesk_stage_seconds_count{stage="extract"} 1.0' in text
    assert 'route="/v1/answer",status="200"} 1.0' in text


def test_a_problem_and_the_log_name_the_request(client: TestClient, log: io.StringIO) -> None:
    response = client.get("/v1/documents/none", headers={"X-Request-ID": "call-7"})
    assert (response.headers["X-Request-ID"], response.json()["request_id"]) == ("call-7", "call-7")
    entry = json.loads(log.getvalue().splitlines()[-1])
    assert entry["request_id"] == "call-7"
    assert entry["message"].startswith("GET /v1/documents/{id} 404 in ")
    assert entry["level"] == "info"


def test_the_log_has_no_private_content(client: TestClient, log: io.StringIO) -> None:
    client.post("/v1/answer", json=ASKED)
    client.get(f"/v1/documents/{SECRET}")
    entries = [json.loads(line) for line in log.getvalue().splitlines()]
    assert len(entries) >= 2
    assert SECRET not in log.getvalue()


def test_who_calls_too_often_is_told_when_to_come_back(shop: Engine, tmp_path: Path) -> None:
    with _client(shop, tmp_path, rate_limits="2/hour") as client:
        first = [client.get("/v1/knowledge-bases").status_code for _ in range(2)]
        refused = client.get("/v1/knowledge-bases")
        assert client.get("/health/live").status_code == client.get("/metrics").status_code == 200
    assert (first, refused.status_code) == ([200, 200], 429)
    assert refused.json()["type"] == "/problems/rate-limited"
    assert 1 <= int(refused.headers["Retry-After"]) <= 3600


def test_an_answer_that_takes_too_long_is_stopped_and_not_kept(shop: Engine, tmp_path: Path) -> None:
    conversation = {**ASKED, "conversation_id": "late"}
    with _client(shop, tmp_path, request_timeout_s=0.000001) as client:
        response = client.post("/v1/answer", json=conversation)
    assert (response.status_code, response.json()["type"]) == (504, "/problems/deadline-exceeded")
    assert shop.parts.conversations.history("late", last=9) == ()


@pytest.mark.parametrize("needed", [True, False])
def test_ready_tells_whether_the_language_model_is_there(
    shop: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needed: bool
) -> None:
    from dataclasses import replace

    from engine.generation.openai_compatible import OpenAICompatibleGenerator

    with fake_openai(Mode.ALWAYS_ERROR) as server:
        monkeypatch.setattr(
            shop, "parts", replace(shop.parts, generator=OpenAICompatibleGenerator(server.url, "", "m"))
        )
        with _client(shop, tmp_path, ready_needs_llm=needed) as client:
            response = client.get("/health/ready")
    assert response.status_code == (503 if needed else 200)
    assert [check["name"] for check in response.json()["checks"] if not check["ok"]] == ["llm"]


def test_work_for_a_client_that_hung_up_is_given_up(
    settings: Settings, shop: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, embed = create_app(settings, engine=shop), shop.parts.embedder.embed_query
    asked, gone = {**ASKED, "conversation_id": "gone"}, threading.Event()

    def slowly(text: str) -> Vector:
        gone.set()
        time.sleep(0.3)
        return embed(text)

    monkeypatch.setattr(shop.parts.embedder, "embed_query", slowly)
    body = {"type": "http.request", "body": json.dumps(asked).encode(), "more_body": False}
    incoming, statuses = [body], list[int]()

    async def receive() -> Message:
        if incoming:
            return incoming.pop()
        await anyio.to_thread.run_sync(gone.wait)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        statuses.append(message.get("status", 0))

    async def call() -> None:
        headers = [(b"content-type", b"application/json")]
        scope = {"type": "http", "method": "POST", "path": "/v1/answer", "headers": headers, "query_string": b""}
        async with app.router.lifespan_context(app) as state:
            await app({**scope, "http_version": "1.1", "state": dict(state or {})}, receive, send)

    anyio.run(call)
    assert statuses[0] == 504
    assert shop.parts.conversations.history("gone", last=9) == ()
