"""Writes that are sent again: `Idempotency-Key`."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from engine.service import Engine
from engine.settings import Settings
from tests.fakes.postgres import bytes_kept

KEY = {"Idempotency-Key": "6a1c1a52-3e0a-4b43-9c86-1f6f1d3b7a10"}
NEW = {"name": "kb", "description": "of the Zanzibar branch"}
PAGE = b"# Kettle\n\nThe kettle boils water.\n"


def _names(client: TestClient) -> list[str]:
    return [item["name"] for item in client.get("/v1/knowledge-bases").json()["items"]]


def test_a_write_that_is_sent_again_is_replied_to_as_before(empty_client: TestClient) -> None:
    first = empty_client.post("/v1/knowledge-bases", json=NEW, headers=KEY)
    again = empty_client.post("/v1/knowledge-bases", json=NEW, headers=KEY)
    assert (first.status_code, first.json()) == (again.status_code, again.json()) == (201, NEW)
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")
    assert first.headers["X-Request-ID"] != again.headers["X-Request-ID"]


def test_without_a_key_the_write_is_done_again(empty_client: TestClient) -> None:
    statuses = [empty_client.post("/v1/knowledge-bases", json=NEW).status_code for _ in range(2)]
    assert statuses == [201, 409]


def test_the_key_of_another_request_is_refused(empty_client: TestClient) -> None:
    empty_client.post("/v1/knowledge-bases", json=NEW, headers=KEY)
    for path, body in (("/v1/knowledge-bases", {"name": "b"}), ("/v1/jobs", NEW)):
        refused = empty_client.post(path, json=body, headers=KEY)
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/idempotency-key-reused")
    assert _names(empty_client) == ["kb"]


def test_a_deletion_is_repeated_without_a_body(empty_client: TestClient) -> None:
    empty_client.post("/v1/knowledge-bases", json=NEW)
    replies = [empty_client.delete("/v1/knowledge-bases/kb", headers=KEY) for _ in range(2)]
    assert [(reply.status_code, reply.content) for reply in replies] == [(204, b"")] * 2
    assert empty_client.delete("/v1/knowledge-bases/kb").status_code == 404


def test_an_upload_is_the_same_whatever_its_boundary(empty_client: TestClient) -> None:
    empty_client.post("/v1/knowledge-bases", json=NEW)

    def upload(page: bytes) -> tuple[int, str]:
        files = [("files", ("a.md", page, "text/markdown"))]
        sent = empty_client.post("/v1/documents", data={"knowledge_base": "kb"}, files=files, headers=KEY)
        return sent.status_code, sent.headers.get("Idempotency-Replayed", "")

    assert [upload(PAGE), upload(PAGE), upload(PAGE + b"Hot.\n")] == [(200, ""), (200, "true"), (422, "")]


def test_after_a_failure_the_same_key_may_be_used_again(empty_client: TestClient) -> None:
    refused = empty_client.post("/v1/jobs", json={"knowledge_base": "kb", "reindex": True}, headers=KEY)
    assert refused.status_code == 404
    assert empty_client.post("/v1/knowledge-bases", json={"name": 7}, headers=KEY).status_code == 422
    assert empty_client.post("/v1/knowledge-bases", json=NEW, headers=KEY).status_code == 201


def test_a_stream_is_not_kept(client: TestClient) -> None:
    body = {"knowledge_base": "shop", "question": "How long may I return goods?", "stream": True}
    for _ in range(2):
        reply = client.post("/v1/answer", json=body, headers=KEY)
        assert "event: done" in reply.text
        assert "Idempotency-Replayed" not in reply.headers


@pytest.mark.parametrize("key", ["", "two words", "x" * 201, "\x7f"])
def test_a_key_that_cannot_be_used_is_refused(empty_client: TestClient, key: str) -> None:
    refused = empty_client.post("/v1/knowledge-bases", json=NEW, headers={"Idempotency-Key": key})
    assert (refused.status_code, _names(empty_client)) == (422, [])


def test_two_at_the_same_time_write_once(
    empty_client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, statuses, create = threading.Event(), list[int](), engine.create_knowledge_base

    def slowly(*given: str) -> object:
        inside.set()
        time.sleep(0.3)
        return create(*given)

    monkeypatch.setattr(engine, "create_knowledge_base", slowly)

    def send() -> None:
        statuses.append(empty_client.post("/v1/knowledge-bases", json=NEW, headers=KEY).status_code)

    thread = threading.Thread(target=send)
    thread.start()
    inside.wait(5)
    second = empty_client.post("/v1/knowledge-bases", json=NEW, headers=KEY)
    thread.join()
    assert (second.status_code, second.json()["type"]) == (409, "/problems/idempotency-in-progress")
    assert statuses == [201]


def test_what_was_replied_cannot_be_read_in_the_database(empty_client: TestClient, settings: Settings) -> None:
    empty_client.post("/v1/knowledge-bases", json=NEW, headers=KEY)
    empty_client.delete("/v1/knowledge-bases/kb")
    kept = bytes_kept(settings.data_dir)
    assert kept
    assert b"Zanzibar" not in kept
    assert empty_client.post("/v1/knowledge-bases", json=NEW, headers=KEY).json() == NEW


WRITES: dict[str, dict[str, Any]] = {
    "/v1/answer": {"knowledge_base": "kb", "question": "Does it boil?", "customer_id": "c"},
    "/v1/knowledge-bases": {"name": "new", "description": "of the Zanzibar branch"},
    "/v1/canned-replies": {
        "knowledge_base": "kb",
        "shortcut": "late",
        "language": "en",
        "title": "Late",
        "text": " Sorry. ",
        "category": "",
    },
    "/v1/webhooks": {"url": "https://93.184.215.14/hook", "events": ["job.done"]},
}


def _kept(client: TestClient) -> dict[str, int]:
    talks = client.get("/v1/customers/c").json().get("conversations", [])
    return {
        "/v1/answer": sum(len(talk["turns"]) for talk in talks) // 2,
        "/v1/knowledge-bases": len(_names(client)) - 1,
        "/v1/canned-replies": len(client.get("/v1/canned-replies", params={"knowledge_base": "kb"}).json()["items"]),
        "/v1/webhooks": len(client.get("/v1/webhooks").json()["items"]),
    }


@pytest.mark.parametrize("path", WRITES)
def test_what_was_written_before_a_crash_is_not_written_twice(
    empty_client: TestClient, engine: Engine, path: str
) -> None:
    """The process ended after the write and before the reply was kept: the next one gives up the claim."""
    empty_client.post("/v1/knowledge-bases", json=NEW)
    first = empty_client.post(path, json=WRITES[path], headers=KEY)
    engine.parts.replies.forget(replied_before=time.time() + 1, claimed_before=time.time() + 1)
    again = empty_client.post(path, json=WRITES[path], headers=KEY)
    assert first.status_code == again.status_code < 300, again.text
    assert "Idempotency-Replayed" not in again.headers
    assert _kept(empty_client)[path] == 1
    same = {"answer_id", "conversation_id", "id", "name"} & first.json().keys()
    assert same
    assert [first.json()[name] for name in same] == [again.json()[name] for name in same]


@pytest.mark.parametrize("path", ["/v1/knowledge-bases", "/v1/canned-replies"])
def test_what_others_wrote_is_a_conflict_also_under_a_key(empty_client: TestClient, path: str) -> None:
    empty_client.post("/v1/knowledge-bases", json=NEW)
    empty_client.post(path, json=WRITES[path])
    field = "description" if path == "/v1/knowledge-bases" else "title"
    assert empty_client.post(path, json={**WRITES[path], field: "Other"}, headers=KEY).status_code == 409


def test_the_same_key_for_another_request_makes_another_id(empty_client: TestClient, engine: Engine) -> None:
    empty_client.post("/v1/knowledge-bases", json=NEW)
    made = set()
    for question in ("Does it boil?", "Does it whistle?"):
        body = {**WRITES["/v1/answer"], "question": question}
        made.add(empty_client.post("/v1/answer", json=body, headers=KEY).json()["answer_id"])
        engine.parts.replies.forget(replied_before=time.time() + 1, claimed_before=time.time() + 1)
    assert len(made) == 2
    assert _kept(empty_client)["/v1/answer"] == 2
