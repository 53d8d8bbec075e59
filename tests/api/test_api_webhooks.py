from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from standardwebhooks import Webhook as Verifier

from api.app import create_app
from engine.service import Engine
from engine.settings import Settings
from tests.fakes.hook_server import HookServer, hook_server
from tests.waiting import until

EVENTS = ["job.done", "conversation.handed_over"]
PERSON = {"knowledge_base": "kb", "question": "I want to talk to a person, my name is Lena Fischer."}


@pytest.fixture
def receiver() -> Iterator[HookServer]:
    with hook_server() as server:
        yield server


@pytest.fixture
def private(settings: Settings, engine: Engine) -> Iterator[TestClient]:
    """Return a client of an API that may send to this machine."""
    allowed = settings.model_copy(update={"url_allow_private": True})
    with TestClient(create_app(allowed, engine=engine)) as made:
        made.post("/v1/knowledge-bases", json={"name": "kb"})
        yield made


def _registered(client: TestClient, url: str, **rest: object) -> dict[str, Any]:
    response = client.post("/v1/webhooks", json={"url": url, "events": EVENTS, **rest})
    assert response.status_code == 201, response.text
    found: dict[str, Any] = response.json()
    return found


def test_a_secret_is_shown_once(private: TestClient) -> None:
    made = _registered(private, "http://127.0.0.1:9/x", description="Desk.")
    secret = made.pop("secret")
    assert secret.startswith("whsec_")
    assert (made["enabled"], made["disabled_because"], made["description"]) == (True, "", "Desk.")
    assert made["events"] == sorted(EVENTS)
    assert private.get("/v1/webhooks").json() == {"items": [made]}
    assert private.get(f"/v1/webhooks/{made['id']}").json() == made
    renewed = private.post(f"/v1/webhooks/{made['id']}/secret").json()
    assert renewed.pop("secret") not in ("", secret)
    assert renewed == made


def test_a_webhook_is_changed_switched_off_and_deleted(private: TestClient) -> None:
    address = f"/v1/webhooks/{_registered(private, 'http://127.0.0.1:9/x')['id']}"
    changed = private.patch(address, json={"url": "http://127.0.0.1:9/y", "events": ["job.failed"], "enabled": False})
    assert changed.status_code == 200
    found = private.get(address).json()
    assert found == changed.json()
    assert (found["url"], found["events"]) == ("http://127.0.0.1:9/y", ["job.failed"])
    assert (found["enabled"], found["disabled_because"]) == (False, "switched_off")
    assert private.patch(address, json={"enabled": True}).json()["enabled"] is True
    assert private.delete(address).status_code == 204
    assert private.get(address).status_code == 404


def test_a_test_message_arrives_signed(private: TestClient, receiver: HookServer) -> None:
    made = _registered(private, f"{receiver.url}/in")
    assert private.post(f"/v1/webhooks/{made['id']}/test").status_code == 202
    until(lambda: receiver.received)
    got = receiver.received[0]
    assert Verifier(made["secret"]).verify(got.body, got.headers)["type"] == "webhook.test"
    deliveries = f"/v1/webhooks/{made['id']}/deliveries"
    until(lambda: private.get(deliveries).json()["items"][0]["state"] == "delivered")
    (item,) = private.get(deliveries).json()["items"]
    assert (item["id"], item["status"], item["attempts"]) == (got.headers["webhook-id"], 200, 1)


def test_hand_overs_and_jobs_are_told_without_anything_private(
    private: TestClient, receiver: HookServer, tmp_path: Path
) -> None:
    made = _registered(private, receiver.url)
    answer = private.post("/v1/answer", json=PERSON).json()
    assert answer["handoff"]["confirmed"]
    private.post("/v1/answer", json={**PERSON, "conversation_id": answer["conversation_id"]})
    form: dict[str, tuple[str | None, bytes | str]] = {"knowledge_base": (None, "kb"), "wait": (None, "false")}
    uploaded = {**form, "files": ("private-name.md", b"# T\n\nText.")}
    accepted = private.post("/v1/documents", files=uploaded)
    assert accepted.status_code == 202, accepted.text
    job = accepted.json()
    verifier = Verifier(made["secret"])
    told = until(
        lambda: {each["type"]: each for each in (verifier.verify(got.body, got.headers) for got in receiver.received)},
        lambda found: found.keys() == set(EVENTS),
    )
    assert told["conversation.handed_over"]["data"] == {
        "conversation_id": answer["conversation_id"],
        "answer_id": answer["answer_id"],
        "knowledge_base": "kb",
        "language": "en",
        "reason": "requested",
    }
    assert told["job.done"]["data"]["job_id"] == job["id"]
    everything = b"".join(got.body for got in receiver.received)
    assert b"Lena" not in everything
    assert b"private-name" not in everything


def test_what_was_queued_is_delivered_after_a_restart(settings: Settings, engine: Engine, receiver: HookServer) -> None:
    allowed = settings.model_copy(update={"url_allow_private": True})
    receiver.statuses = [503]
    with TestClient(create_app(allowed, engine=engine)) as client:
        made = _registered(client, receiver.url)
        client.post(f"/v1/webhooks/{made['id']}/test")
        until(lambda: receiver.received)
    receiver.statuses = [200]
    (waiting,) = engine.parts.webhooks.deliveries(made["id"])  # type: ignore[union-attr]
    assert waiting.state == "pending"
    assert waiting.next_at is not None
    assert waiting.next_at > time.time()


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"url": "https://127.0.0.1/x"}, "this machine itself"),
        ({"url": "https://169.254.169.254/"}, "metadata"),
        ({"url": "http://8.8.8.8/"}, "https"),
        ({"url": "nonsense"}, "https://"),
        ({"events": []}, "events"),
        ({"events": ["everything"]}, "events"),
        ({"secret": "mine"}, "secret"),
    ],
    ids=str,
)
def test_what_cannot_be_registered(empty_client: TestClient, wrong: dict[str, object], part: str) -> None:
    response = empty_client.post("/v1/webhooks", json={"url": "https://8.8.8.8/", "events": EVENTS, **wrong})
    assert response.status_code == 422
    assert part in response.text
    assert empty_client.get("/v1/webhooks").json() == {"items": []}


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/secret"), ("POST", "/test"), ("GET", "/deliveries")],
)
def test_an_unknown_webhook_is_not_found(client: TestClient, method: str, path: str) -> None:
    body = {"json": {"enabled": True}} if method == "PATCH" else {}
    response = client.request(method, f"/v1/webhooks/nope{path}", **body)  # type: ignore[arg-type]
    assert response.status_code == 404
    assert "'nope'" in response.json()["detail"]
