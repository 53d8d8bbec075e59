"""Customers' data and the audit record over HTTP and on the command line."""

from __future__ import annotations

import hashlib
import logging
import time
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.retention import kept_for
from engine.audit import verified
from engine.service import Engine
from engine.settings import Settings
from tests.api.desk import Desk
from tests.fakes.postgres import bytes_kept
from tests.waiting import until

CUSTOMER = "customer-7731"
QUESTION = "How long does the warranty of the zanzibar kettle last?"


@pytest.fixture
def asked(shop_copy: TestClient) -> TestClient:
    body = {"knowledge_base": "shop", "question": QUESTION, "conversation_id": "talk", "customer_id": CUSTOMER}
    assert shop_copy.post("/v1/answer", json=body).status_code == 200
    assert shop_copy.post("/v1/feedback", json={"conversation_id": "talk", "csat": 2, "comment": "quokkas"}).is_success
    return shop_copy


@pytest.fixture
def shop_copy(empty_client: TestClient) -> TestClient:
    files = [("files", ("warranty.md", b"# Warranty\n\nThe warranty of the kettle lasts 24 months."))]
    empty_client.post("/v1/knowledge-bases", json={"name": "shop"})
    assert empty_client.post("/v1/documents", files=files, data={"knowledge_base": "shop"}).status_code == 200
    return empty_client


def test_all_that_is_kept_is_exported(asked: TestClient) -> None:
    found = asked.get(f"/v1/customers/{CUSTOMER}").json()
    (talk,) = found["conversations"]
    assert (found["customer_id"], talk["id"]) == (CUSTOMER, "talk")
    assert talk["turns"][0] == {"role": "customer", "text": QUESTION, "action": None}
    assert talk["feedback"][0]["comment"] == "quokkas"
    assert len(talk["answers"]) == 1


def test_an_erased_customer_is_found_nowhere(asked: TestClient, settings: Settings) -> None:
    made = asked.delete(f"/v1/customers/{CUSTOMER}").json()
    assert made["customer_sha256"] == hashlib.sha256(CUSTOMER.encode()).hexdigest()
    assert (made["erased"]["conversations"], made["erased"]["feedback"]) == (1, 1)
    for call in (asked.get, asked.delete):
        assert call(f"/v1/customers/{CUSTOMER}").status_code == 404
    kept = bytes_kept(settings.data_dir)
    assert b"24 months" in kept
    assert [word for word in (CUSTOMER, "zanzibar", "quokkas") if word.encode() in kept] == []


@pytest.mark.parametrize("known", [{"conversation_id": "talk"}, {"customer_id": CUSTOMER}])
def test_erasure_reaches_what_agents_were_offered_and_sent(
    asked: TestClient, settings: Settings, known: dict[str, str]
) -> None:
    reply = {"shortcut": "late", "language": "en", "title": "Where is my kettle?", "text": "Sorry, {customer_name}."}
    asked.post("/v1/canned-replies", json={"knowledge_base": "shop", "category": "", **reply})
    turns = [{"role": "customer", "text": "Where is my kettle?"}]
    body = {"knowledge_base": "shop", "turns": turns, "facts": {"customer_name": "Ocelotte"}, **known}
    items = asked.post("/v1/suggestions", json=body).json()["items"]
    (canned,) = [each for each in items if each["text"] == "Sorry, Ocelotte."]
    sent = {"verdict": "edited", "sent_text": "Sorry, dear Ocelotte Ibex."}
    assert asked.post(f"/v1/suggestions/{canned['id']}/feedback", json=sent).is_success
    talks = asked.get(f"/v1/customers/{CUSTOMER}").json()["conversations"]
    kept = [each for talk in talks for each in talk["suggestions"] if each["verdict"]]
    assert [(each["text"], each["sent"]) for each in kept] == [("Sorry, Ocelotte.", sent["sent_text"])]
    assert asked.delete(f"/v1/customers/{CUSTOMER}").json()["erased"]["suggestions"] == 2
    kept_bytes = bytes_kept(settings.data_dir)
    assert b"customer_name" in kept_bytes
    assert b"Ocelotte" not in kept_bytes


def test_others_stay(asked: TestClient) -> None:
    body = {"knowledge_base": "shop", "question": "And the lid?", "customer_id": "other", "conversation_id": "o"}
    asked.post("/v1/answer", json=body)
    asked.delete(f"/v1/customers/{CUSTOMER}")
    assert asked.get("/v1/customers/other").json()["conversations"][0]["turns"][0]["text"] == "And the lid?"


def test_what_was_done_is_recorded_without_private_content(asked: TestClient) -> None:
    asked.delete(f"/v1/customers/{CUSTOMER}")
    asked.delete("/v1/knowledge-bases/none")
    items = asked.get("/v1/audit").json()["items"]
    assert [(each["action"], each["status"]) for each in items] == [
        ("create_knowledge_base", 201),
        ("upload_documents", 200),
        ("erase_customer", 200),
        ("delete_knowledge_base", 404),
    ]
    assert CUSTOMER not in str(items)
    assert items[3]["target"] == "name=none"
    assert asked.get("/v1/audit", params={"after": 2, "limit": 1}).json()["items"] == [items[2]]
    assert asked.get("/v1/audit/verification").json() == {"entries": 4, "head": items[3]["hash"], "broken_at": None}


def test_refusals_are_recorded_too(engine: Engine, settings: Settings) -> None:
    from engine.api_keys import KeyRequest
    from engine.domain.access import AccessRole
    from engine.records import open_api_keys

    with open_api_keys(settings) as keys:
        key, text = keys.create(KeyRequest("Bot", [AccessRole.BOT]))
    with TestClient(create_app(settings.model_copy(update={"auth": "required"}), engine=engine)) as client:
        client.delete("/v1/customers/x", headers={"Authorization": f"Bearer {text}"})
        client.delete("/v1/customers/x")
    assert engine.parts.audit is not None
    (entry,) = engine.parts.audit.entries()
    assert (entry.subject, entry.action, entry.status) == (key.id, "erase_customer", 403)


def test_the_command_line_exports_erases_and_verifies(asked: TestClient, open_desk: Desk) -> None:
    assert open_desk.json("customers", "export", CUSTOMER)["conversations"][0]["id"] == "talk"
    made = open_desk.json("customers", "erase", CUSTOMER, "--yes")
    assert made["erased"]["conversations"] == 1
    assert open_desk("customers", "export", CUSTOMER).exit_code == 2
    listed = open_desk.json("audit", "list")["items"]
    assert (listed[-1]["subject"], listed[-1]["action"]) == ("command line", "erase_customer")
    assert open_desk.json("audit", "verify")["entries"] == len(listed)
    assert "hold" in open_desk("audit", "verify").stdout
    assert "erase_customer" in open_desk("audit", "list").stdout


def test_a_broken_record_is_an_error_of_the_command(asked: TestClient, open_desk: Desk, engine: Engine) -> None:
    open_desk.sql("UPDATE audit SET subject = 'x' WHERE seq = 1")
    assert open_desk.json("audit", "verify", status=1)["broken_at"] == 1
    assert engine.parts.audit is not None
    assert verified(engine.parts.audit).broken_at == 1


def test_old_conversations_go_while_the_service_runs(
    engine: Engine, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    from engine.domain.conversation import Role, Turn

    caplog.set_level(logging.INFO)
    engine.parts.conversations.append("old", [Turn(Role.CUSTOMER, "Hello")], customer="c")
    days = timedelta(seconds=0.2) / timedelta(days=1)
    time.sleep(0.3)
    with TestClient(create_app(settings.model_copy(update={"retention_days": days}), engine=engine)):
        until(lambda: engine.parts.conversations.history("old") == ())
    assert kept_for.__doc__
