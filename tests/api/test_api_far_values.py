"""Values that are well formed and absurd, sent to a real service: each has an answer or a problem, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.service import Engine
from engine.settings import load_settings

FIRST, LAST = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"
HUGE = 10**30
QUERIES: list[tuple[str, dict[str, Any], int]] = [
    ("/v1/feedback", {"since": FIRST, "until": LAST}, 200),
    ("/v1/feedback", {"since": "0000-01-01T00:00:00Z"}, 422),
    ("/v1/documents", {"knowledge_base": "shop", "updated_since": FIRST}, 200),
    ("/v1/documents", {"knowledge_base": "shop", "updated_since": LAST}, 200),
    ("/v1/documents", {"knowledge_base": "shop", "uri": "%_\\" * 600}, 200),
    ("/v1/documents", {"knowledge_base": "shop", "uri": "x" * 60_000}, 422),
    ("/v1/documents", {"knowledge_base": "shop", "source": "\x00"}, 200),
    ("/v1/documents", {"knowledge_base": "shop", "limit": HUGE}, 422),
    ("/v1/documents", {"knowledge_base": "shop", "cursor": "\ud7ff"}, 404),
    ("/v1/insights/topics", {"knowledge_base": "shop", "since": FIRST}, 200),
    ("/v1/insights/topics", {"knowledge_base": "shop", "since": FIRST, "until": LAST}, 200),
    ("/v1/insights/gaps", {"knowledge_base": "shop", "until": "0001-01-02T00:00:00Z"}, 200),
    ("/v1/insights/sentiment", {"knowledge_base": "shop", "since": "5"}, 422),
    ("/v1/insights/questions", {"knowledge_base": "shop", "since": LAST}, 422),
    ("/v1/audit", {"after": HUGE}, 422),
    ("/v1/audit", {"after": 2**63 - 1}, 200),
    ("/v1/jobs", {"limit": HUGE}, 422),
    ("/v1/canned-replies", {"knowledge_base": "shop", "category": "x" * 201}, 422),
]


@pytest.fixture(scope="module")
def client(shop: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return one client for all requests, none of which changes anything."""
    settings = load_settings(data_dir=tmp_path_factory.mktemp("far"), parse_workers=0)
    with TestClient(create_app(settings, engine=shop)) as made:
        yield made


@pytest.mark.parametrize(
    ("path", "query", "status"), QUERIES, ids=[f"{path}-{', '.join(query)}" for path, query, _ in QUERIES]
)
def test_far_values_in_queries(client: TestClient, path: str, query: dict[str, Any], status: int) -> None:
    reply = client.get(path, params=query)
    assert reply.status_code == status, reply.text[:300]
    if status >= 400:
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["status"] == status
        assert str(HUGE) not in reply.text


@pytest.mark.parametrize("now", [FIRST, LAST, None])
@pytest.mark.parametrize("at", [FIRST, LAST])
def test_far_times_of_turns(client: TestClient, at: str, now: str | None) -> None:
    promise = {"role": "agent", "text": "We will refund you within 2 working days.", "at": at}
    turns = [promise, {"role": "customer", "text": "How long does the warranty of the kettle last?"}]
    reply = client.post("/v1/suggestions", json={"knowledge_base": "shop", "turns": turns, "now": now})
    assert reply.status_code == 200
    assert reply.json()["items"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_searches_as_of_the_first_and_the_last_day(client: TestClient, day: str) -> None:
    body = {"knowledge_base": "shop", "query": "warranty of the kettle", "filter": {"as_of": day}}
    assert client.post("/v1/search", json=body).json()["passages"]


@pytest.mark.parametrize("number", [0, -1, 2**31, HUGE, "one", "1.5", "%00"])
def test_versions_that_cannot_be(client: TestClient, number: object) -> None:
    listed = client.get("/v1/documents", params={"knowledge_base": "shop"}).json()["items"]
    reply = client.get(f"/v1/documents/{listed[0]['id']}/versions/{number}")
    assert (reply.status_code, reply.json()["type"]) == (422, "/problems/invalid-input")
    assert [each["field"] for each in reply.json()["errors"]] == ["version"]


@pytest.mark.parametrize("stamp", ["1" * 5000, "-1", "nan", "١٧٩٠٠٠٠٠٠٠"])
def test_an_unsigned_event_with_any_time_is_taken_where_no_secret_is_set(client: TestClient, stamp: str) -> None:
    event = {"event": "conversation_updated", "account": {"id": HUGE}, "conversation": {"id": HUGE}}
    headers = [(b"x-chatwoot-timestamp", stamp.encode())]
    reply = client.post("/v1/inbound/chatwoot?knowledge_base=shop", json=event, headers=headers)
    assert reply.json() == {"calls": [], "ignored": "not a new message", "answer": None}
