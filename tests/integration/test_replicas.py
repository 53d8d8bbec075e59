"""Two replicas of the API over one database and one vector store: whichever is asked, the reply is the same."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import SecretStr

from api.app import create_app
from engine.assembly import build_engine
from engine.domain.conversation import Role
from engine.records import open_records
from tests.fakes.embedding import HashEmbedder
from tests.integration.conftest import Desk
from tests.waiting import until

ASKED = {"knowledge_base": "shop", "question": "How long does the warranty of the kettle last?", "threshold": 0.0}
Replicas = tuple[TestClient, TestClient]


def _replica(desk: Desk, name: str, closing: ExitStack, **others: object) -> TestClient:
    """Return a client of an application with an engine and connections of its own, which does no jobs."""
    settings = desk.settings(name, job_concurrency=0, **others)
    engine = build_engine(settings, embedder=HashEmbedder())
    closing.callback(engine.close)
    return closing.enter_context(TestClient(create_app(settings, engine=engine)))


@pytest.fixture
def replicas(shared: Desk) -> Iterator[Replicas]:
    limited = {"rate_limit_url": SecretStr("database"), "rate_limits": "60/hour", "answer_cache": 9}
    with ExitStack() as closing:
        one, other = (_replica(shared, name, closing, **limited) for name in ("one", "other"))
        assert one.post("/v1/knowledge-bases", json={"name": "shop"}).status_code == 201
        _upload(one, "kettle.md", "The warranty of the kettle lasts 24 months.")
        yield one, other


def _upload(client: TestClient, name: str, text: str, *, wait: bool = True) -> Response:
    files = [("files", (name, f"# {name}\n\n{text}\n".encode(), "text/markdown"))]
    reply = client.post("/v1/documents", data={"knowledge_base": "shop", "wait": str(wait).lower()}, files=files)
    assert reply.status_code in (200, 202), reply.text
    return reply


def _answer(client: TestClient, **more: object) -> dict[str, Any]:
    found: dict[str, Any] = client.post("/v1/answer", json={**ASKED, **more}).json()
    return found


def test_what_one_takes_in_the_other_finds_and_forgets(replicas: Replicas) -> None:
    one, other = replicas
    cached = [client.post("/v1/answer", json=ASKED) for client in (one, other, one, other)]
    assert [reply.headers["X-Cache"] for reply in cached] == ["miss", "miss", "hit", "hit"]
    assert {reply.json()["answer"]["text"] for reply in cached} == {"The warranty of the kettle lasts 24 months."}
    _upload(one, "kettle.md", "The warranty of the kettle lasts 36 months.")
    assert ["36 months" in _answer(client)["answer"]["text"] for client in (other, one)] == [True, True]


def test_a_conversation_goes_on_wherever_it_is_asked(shared: Desk, replicas: Replicas) -> None:
    # who asks the same thing again is handed over and gets no more replies
    words = ("lid", "cord", "base", "spout", "handle", "filter", "switch", "colour")

    def ask(at: int) -> None:
        _answer(replicas[at % 2], conversation_id="c", question=f"Tell me about the {words[at]} of the kettle")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(8)))
    with open_records(shared.settings("one")) as records:
        turns, exchanges = records.conversations.history("c"), records.conversations.exchanges("c")
    assert [turn.role for turn in turns] == [Role.CUSTOMER, Role.ASSISTANT] * 8
    assert [exchange.position for exchange in exchanges] == [*range(1, 16, 2)]


def test_a_write_that_is_sent_to_both_is_done_once(replicas: Replicas) -> None:
    key = {"Idempotency-Key": "0e1c"}

    def send(client: TestClient) -> int:
        return client.post("/v1/knowledge-bases", json={"name": "new"}, headers=key).status_code

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(send, replicas))
    assert found in ([201, 201], [201, 409])  # 409: the other one is at it
    again = [client.post("/v1/knowledge-bases", json={"name": "new"}, headers=key) for client in replicas]
    assert [(reply.status_code, reply.headers["Idempotency-Replayed"]) for reply in again] == [(201, "true")] * 2


def test_calls_of_both_count_together(shared: Desk) -> None:
    limited = {"rate_limit_url": SecretStr("database"), "rate_limits": "6/hour"}
    with ExitStack() as closing:
        clients = [_replica(shared, name, closing, **limited) for name in ("one", "other")]
        found = [clients[at % 2].get("/v1/knowledge-bases").status_code for at in range(9)]
    assert found == [200] * 6 + [429] * 3


def test_a_job_is_taken_by_one_done_by_a_worker_and_seen_by_both(shared: Desk, replicas: Replicas) -> None:
    one, other = replicas
    job = _upload(one, "toaster.md", "The toaster has 7 levels.", wait=False).json()["id"]
    assert other.get(f"/v1/jobs/{job}").json()["state"] == "queued"
    shared.start("worker")
    told = until(
        lambda: other.get(f"/v1/jobs/{job}").json(),
        lambda found: found.get("state") not in {"queued", "running"},
        pause_s=0.5,
    )
    assert told["state"] == one.get(f"/v1/jobs/{job}").json()["state"] == "done"
    for client in replicas:
        found = client.post("/v1/search", json={"knowledge_base": "shop", "query": "levels of the toaster"}).json()
        assert "toaster" in found["passages"][0]["text"]
