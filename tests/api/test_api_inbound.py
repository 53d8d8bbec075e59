from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from standardwebhooks import Webhook

from api.app import create_app
from engine.service import Engine
from engine.settings import Settings

CHATWOOT = "/v1/inbound/chatwoot?knowledge_base=shop"
TICKETS = "/v1/inbound/tickets"
QUESTION = "How long does the warranty of the kettle last?"
PERSON = "I want to talk to a person, please. My order is MV-2026-204718."
CHATWOOT_SECRET = "kQ7c"
TICKET_SECRET = "whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUE="
JSON = {"content-type": "application/json"}


def _event(content: str | None, *, conversation: int = 42, **rest: object) -> dict[str, Any]:
    """Return an event with some of the many fields that Chatwoot sends beside those that are read."""
    return {
        "event": "message_created",
        "id": 7,
        "message_type": "incoming",
        "private": False,
        "content": content,
        "content_type": "text",
        "account": {"id": 3, "name": "Maruvale"},
        "conversation": {"id": conversation, "status": "pending", "meta": {"sender": {"email": "lena@example.com"}}},
        "sender": {"id": 5, "name": "Lena", "type": "contact"},
        "inbox": {"id": 2, "name": "Site"},
        **rest,
    }


def _ticket(*messages: tuple[str, str], **rest: object) -> dict[str, Any]:
    said = [{"author": author, "text": text} for author, text in messages]
    return {"knowledge_base": "shop", "ticket_id": "T-1", "messages": said, **rest}


@pytest.fixture
def sure(settings: Settings, shop: Engine) -> Iterator[TestClient]:
    """Return a client of an API that answers whatever it can."""
    before = shop.options
    shop.options = before.__class__(**{**{f: getattr(before, f) for f in before.__slots__}, "answer_threshold": 0.0})
    with TestClient(create_app(settings, engine=shop)) as made:
        yield made
    shop.options = before


def _call(client: TestClient, address: str, body: dict[str, Any]) -> dict[str, Any]:
    response = client.post(address, json=body)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_a_message_in_chatwoot_gets_an_answer_to_post(sure: TestClient) -> None:
    found = _call(sure, CHATWOOT, _event(QUESTION))
    (call,) = found["calls"]
    assert (call["method"], call["path"]) == ("POST", "/api/v1/accounts/3/conversations/42/messages")
    assert (call["body"]["message_type"], call["body"]["private"]) == ("outgoing", False)
    assert "24 months" in call["body"]["content"]
    assert found["answer"]["citations"]
    assert found["answer"]["conversation_id"] == "chatwoot:3:42"


def test_a_conversation_in_chatwoot_is_remembered(sure: TestClient) -> None:
    _call(sure, CHATWOOT, _event(QUESTION, conversation=50))
    later = _call(sure, CHATWOOT, _event("And the receipt?", conversation=50))["answer"]["question"]
    alone = _call(sure, CHATWOOT, _event("And the receipt?", conversation=51))["answer"]["question"]
    assert later["standalone"] != alone["standalone"]


def test_a_hand_over_in_chatwoot_opens_the_conversation(sure: TestClient) -> None:
    found = _call(sure, CHATWOOT, _event(PERSON, conversation=60))
    message, status = found["calls"]
    assert message["body"]["content"] == found["answer"]["handoff"]["message"]
    assert status["path"] == "/api/v1/accounts/3/conversations/60/toggle_status"
    assert status["body"] == {"status": "open"}


def test_what_has_no_words_goes_to_people(sure: TestClient) -> None:
    found = _call(sure, CHATWOOT, _event(None, attachments=[{"file_type": "image"}]))
    assert [call["body"] for call in found["calls"]] == [{"status": "open"}]
    assert found["answer"] is None


@pytest.mark.parametrize(
    ("rest", "why"),
    [
        ({"event": "conversation_resolved"}, "not a new message"),
        ({"message_type": "outgoing"}, "not the customer's message"),
        ({"message_type": 1}, "not the customer's message"),
        ({"private": True}, "not the customer's message"),
        ({"conversation": {"id": 42, "status": "open"}}, "a person is in charge"),
    ],
    ids=str,
)
def test_other_events_of_chatwoot_are_ignored(sure: TestClient, rest: dict[str, object], why: str) -> None:
    assert _call(sure, CHATWOOT, {**_event(QUESTION), **rest}) == {"calls": [], "ignored": why, "answer": None}


def test_the_knowledge_base_has_to_be_there(sure: TestClient) -> None:
    assert sure.post(CHATWOOT + "x", json=_event(QUESTION)).status_code == 404
    assert sure.post("/v1/inbound/chatwoot", json=_event(QUESTION)).status_code == 422
    assert sure.post(TICKETS, json={**_ticket(("customer", "Hm?")), "knowledge_base": "shoop"}).status_code == 404


def test_a_ticket_gets_a_reply(sure: TestClient) -> None:
    found = _call(sure, TICKETS, _ticket(("customer", QUESTION), subject="Kettle"))
    assert (found["ticket_id"], found["action"], found["status"]) == ("T-1", "reply", "pending")
    assert "24 months" in found["reply"]
    assert (found["note"], found["queue"]) == (None, None)
    assert found["answer"]["question"]["text"] == f"Kettle\n\n{QUESTION}"


def test_a_ticket_is_understood_from_its_thread_without_internal_notes(sure: TestClient) -> None:
    ticket = _ticket(("customer", QUESTION), ("assistant", "It lasts 24 months."), ("customer", "And the receipt?"))
    ticket["messages"].insert(1, {"author": "agent", "text": "He is difficult.", "internal": True})
    asked = _call(sure, TICKETS, {**ticket, "subject": "Kettle"})["answer"]["question"]
    assert asked["text"] == "And the receipt?"
    assert asked["standalone"] != "And the receipt?"


def test_a_customer_who_wants_a_person_is_told_and_handed_over(sure: TestClient) -> None:
    found = _call(sure, TICKETS, _ticket(("customer", PERSON)))
    assert (found["action"], found["status"]) == ("hand_over", "open")
    assert found["reply"] == found["answer"]["handoff"]["message"]
    assert found["priority"] == "normal"
    assert "MV-2026-204718" in found["note"]


def test_what_is_not_known_is_left_to_people_without_a_word(client: TestClient) -> None:
    found = _call(client, TICKETS, _ticket(("customer", "Which goat won the chess cup on the moon?")))
    assert (found["action"], found["status"], found["reply"]) == ("hand_over", "open", None)
    assert found["note"].startswith("Not answered:")


def test_a_long_mail_is_cut_and_answered(sure: TestClient) -> None:
    found = _call(sure, TICKETS, _ticket(("customer", QUESTION + "\n-- \n" + "Confidential. " * 1000)))
    assert "24 months" in found["reply"]


@pytest.mark.parametrize(
    "messages", [[("agent", "Hello.")], [("customer", " ")], [("customer", "Hm?"), ("assistant", "Yes.")]], ids=str
)
def test_tickets_that_wait_for_nothing_are_refused(client: TestClient, messages: list[tuple[str, str]]) -> None:
    response = client.post(TICKETS, json=_ticket(*messages))
    assert response.status_code == 422
    assert response.json()["remedy"]


@pytest.fixture
def guarded(settings: Settings, shop: Engine) -> Iterator[TestClient]:
    """Return a client of an API that takes signed requests only."""
    secrets = {"inbound_chatwoot_secret": CHATWOOT_SECRET, "inbound_ticket_secret": TICKET_SECRET}
    changed = Settings.model_validate({**settings.model_dump(), **secrets})
    with TestClient(create_app(changed, engine=shop)) as made:
        yield made


def _by_chatwoot(body: bytes, *, secret: str = CHATWOOT_SECRET, ago: int = 0) -> dict[str, str]:
    stamp = str(int(time.time()) - ago)
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {**JSON, "X-Chatwoot-Timestamp": stamp, "X-Chatwoot-Signature": f"sha256={digest}"}


def _by_standard(body: bytes, *, secret: str = TICKET_SECRET, ago: int = 0) -> dict[str, str]:
    at = datetime.fromtimestamp(int(time.time()) - ago, UTC)
    stamp = str(int(at.timestamp()))
    signature = Webhook(secret).sign("msg_1", at, body.decode())
    return {**JSON, "webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": signature}


CASES = [(CHATWOOT, _event(QUESTION), _by_chatwoot), (TICKETS, _ticket(("customer", QUESTION)), _by_standard)]


@pytest.mark.parametrize(("address", "event", "sign"), CASES, ids=["chatwoot", "tickets"])
def test_signed_requests_are_taken_and_others_are_not(
    guarded: TestClient, address: str, event: dict[str, Any], sign: Any
) -> None:
    body = json.dumps(event).encode()
    assert guarded.post(address, content=body, headers=sign(body)).status_code == 200
    other = "whsec_QkJCQg=="
    signature = next(name for name in sign(body) if name.lower().endswith("signature"))
    for content, headers in (
        (body, JSON),
        (body + b" ", sign(body)),
        (body, sign(body, ago=301)),
        (body, sign(body, ago=-400)),
        (body, sign(body, secret=other)),
        (body, {**sign(body), signature: "v1,not base64"}),
        (body, {**sign(body), signature: "v1"}),
    ):
        response = guarded.post(address, content=content, headers=headers)
        assert response.status_code == 401, headers
        assert response.headers["content-type"] == "application/problem+json"
        assert "signature" in response.json()["detail"]
