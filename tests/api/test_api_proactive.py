"""Events, the messages that they give cause for, and what a customer needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.answering.request import AnswerRequest
from engine.assembly import build_engine
from engine.service import Engine
from engine.settings import Settings
from tests.api.desk import Desk
from tests.fakes.embedding import HashEmbedder
from tests.fakes.postgres import bytes_kept

KB = {"knowledge_base": "desk"}
NOW = datetime.now(UTC)
CUSTOMER = "customer-7731"
RULES = """
[caps]
per_day = 2
[[rules]]
name = "failed"
kind = "*failed"
times = 3
unless = ["*paid"]
question = { en = "What can I do if my payment is declined?" }
opening = { en = "Your payment for {subject} did not go through." }
[[rules]]
name = "viewed"
kind = "viewed"
lasting_s = 300
cooldown_days = 0
question = { en = "How long does the warranty last?", ja = "保証期間は?" }
opening = { en = "You looked at {subject}.", ja = "{subject}" }
[[rules]]
name = "delivered"
kind = "delivered"
after_hours = 20
within_hours = 72
question = { en = "Who is the king of zanzibar?" }
opening = { en = "Delivered." }
"""
PAGE = (
    b"---\nkind: policy\ntags: payment\n---\n# Payments\n\nIf your payment is declined, you can try another card.\n\n"
    b"# Warranty\n\nThe warranty lasts 24 months.\n"
)


@pytest.fixture(name="engine")
def own_engine(settings: Settings, tmp_path: Path) -> Iterator[Engine]:
    """Return an engine that answers whatever it finds."""
    built = build_engine(settings.model_copy(update={"answer_threshold": 0.02}), embedder=HashEmbedder())
    yield built
    built.close()


@pytest.fixture
def shop(engine: Engine, settings: Settings, tmp_path: Path) -> Iterator[TestClient]:
    """Return a client of a desk with rules of its own."""
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    own = settings.model_copy(update={"proactive_rules": tmp_path / "rules.toml"})
    with TestClient(create_app(own, engine=engine)) as client:
        client.post("/v1/knowledge-bases", json={"name": "desk"})
        files = [("files", ("payments.md", PAGE))]
        assert client.post("/v1/documents", files=files, data=KB).status_code == 200
        yield client


def tell(
    client: TestClient, *kinds: str, subject: str = "Drift R3", ago: float = 1.0, **details: Any
) -> dict[str, Any]:
    items = [
        {
            "id": f"{subject}-{kind}-{ago}-{number}",
            "customer_id": CUSTOMER,
            "kind": kind,
            "at": (NOW - timedelta(hours=ago) + timedelta(seconds=number)).isoformat(),
            "subject": subject,
            "details": details,
        }
        for number, kind in enumerate(kinds)
    ]
    reply = client.post("/v1/events", json={"items": items})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def draft(client: TestClient, **wanted: Any) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    reply = client.post("/v1/proactive", json={**KB, **wanted})
    assert reply.status_code == 200, reply.text
    found = reply.json()
    return found["items"], [(each["rule"], each["reason"]) for each in found["held_back"]]


def test_an_event_is_kept_once(shop: TestClient) -> None:
    assert tell(shop, "viewed", "viewed") == {"new": 2, "known": 0}
    assert tell(shop, "viewed", "viewed", "failed") == {"new": 1, "known": 2}


def test_a_message_says_what_the_knowledge_says_with_citations_and_events(shop: TestClient) -> None:
    tell(shop, *["payment.failed"] * 3)
    ((made,), held) = draft(shop)
    assert held == []
    assert (made["rule"], made["customer_id"], made["verdict"], made["language"]) == ("failed", CUSTOMER, "pass", "en")
    assert made["text"].startswith("Your payment for Drift R3 did not go through.\n\n")
    assert [each["kind"] for each in made["events"]] == ["payment.failed"] * 3
    (cited,) = made["citations"]
    assert cited["quote"] == "If your payment is declined, you can try another card."
    span = cited["answer_span"]
    assert made["text"][span["start"] : span["end"]] == cited["quote"]
    assert shop.get(f"/v1/customers/{CUSTOMER}").json()["messages"][0]["text"] == made["text"]


@pytest.mark.parametrize(
    ("events", "made"),
    [
        ([("payment.failed",) * 2], []),
        ([("payment.failed",) * 3 + ("order.paid",)], []),
        ([("failed",), ("other.failed",) * 3], ["failed"]),
        ([("seen",)], []),
    ],
)
def test_a_rule_needs_its_events(shop: TestClient, events: list[tuple[str, ...]], made: list[str]) -> None:
    for kinds in events:
        tell(shop, *kinds)
    assert [each["rule"] for each in draft(shop)[0]] == made


@pytest.mark.parametrize(("seconds", "made"), [(299, []), (300, ["viewed"]), ("long", [])])
def test_how_long_it_lasted_counts(shop: TestClient, seconds: float | str, made: list[str]) -> None:
    tell(shop, "viewed", seconds=seconds)
    assert [each["rule"] for each in draft(shop)[0]] == made


@pytest.mark.parametrize(("ago", "held"), [(1, []), (30, [("delivered", "no_knowledge")]), (80, [])])
def test_what_the_knowledge_does_not_know_is_not_said(
    shop: TestClient, ago: float, held: list[tuple[str, str]]
) -> None:
    tell(shop, "delivered", ago=ago)
    assert draft(shop) == ([], held)


def test_messages_are_capped_and_rules_pause(shop: TestClient) -> None:
    tell(shop, *["failed"] * 3)
    assert len(draft(shop, preview=True)[0]) == len(draft(shop)[0]) == 1
    assert draft(shop) == ([], [("failed", "sent")])
    tell(shop, "failed", ago=0.5)
    assert draft(shop) == ([], [("failed", "cooldown")])
    tell(shop, "viewed", ago=0.4, seconds=500)
    assert [each["rule"] for each in draft(shop, customer_ids=[CUSTOMER, CUSTOMER])[0]] == ["viewed"]
    tell(shop, "viewed", subject="Alto P5", ago=0.3, seconds=500)
    assert draft(shop)[1][1] == ("viewed", "cap")
    assert draft(shop, customer_ids=["nobody"]) == ([], [])


def test_events_and_messages_are_erased_and_let_go(shop: TestClient, engine: Engine, settings: Settings) -> None:
    tell(shop, *["failed"] * 3, subject="zanzibar robot")
    draft(shop)
    kept = shop.get(f"/v1/customers/{CUSTOMER}").json()
    assert (len(kept["events"]), len(kept["messages"]), kept["conversations"]) == (3, 1, [])
    erased = shop.delete(f"/v1/customers/{CUSTOMER}").json()["erased"]
    assert (erased["events"], erased["messages"]) == (3, 1)
    assert shop.get(f"/v1/customers/{CUSTOMER}").status_code == 404
    files = bytes_kept(settings.data_dir)
    assert [word for word in ("zanzibar", CUSTOMER) if word.encode() in files] == []
    tell(shop, "failed", ago=30)
    tell(shop, "failed", ago=1)
    assert engine.privacy.sweep(NOW - timedelta(hours=20)).events == 1
    assert len(shop.get(f"/v1/customers/{CUSTOMER}").json()["events"]) == 1


def test_a_profile_tells_needs_and_interests(shop: TestClient, engine: Engine) -> None:
    for number in range(4):
        question = "My payment is declined, may I use another card?"
        engine.answer("desk", AnswerRequest(question, conversation_id=f"c{number}", customer=CUSTOMER))
    assert shop.post("/v1/feedback", json={"conversation_id": "c3", "csat": 1}).is_success
    tell(shop, "viewed", "viewed")
    tell(shop, "failed", subject="MV-2026-118420")
    assert shop.post("/v1/insights/runs", json=KB).json()["read"] == 4
    found = shop.get(f"/v1/customers/{CUSTOMER}/profile", params=KB).json()
    assert (found["conversations"], found["questions"], found["events"]) == (4, 4, {"failed": 1, "viewed": 2})
    assert (found["csat"], found["languages"]) == (1.0, {"en": 4})
    (need,) = found["needs"]
    assert (need["questions"], need["unmet"]) == (4, True)
    names = {(each["kind"], each["name"]): each["times"] for each in found["interests"]}
    assert names["event", "Drift R3"] == 2
    assert names["tag", "payment"] == names["document", "Payments"] == 4
    assert not any("118420" in name for _, name in names)
    assert shop.get("/v1/customers/nobody/profile", params=KB).status_code == 404
    shop.delete(f"/v1/customers/{CUSTOMER}")
    assert shop.get(f"/v1/customers/{CUSTOMER}/profile", params=KB).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "a b"},
        {"at": 1},
        {"customer_id": ""},
        {"details": {"x": [1]}},
        {"details": {"x": True}},
        {"at": "9" * 9},
    ],
)
def test_events_that_cannot_be_read_are_refused(shop: TestClient, wrong: dict[str, Any]) -> None:
    event = {"id": "e", "customer_id": "c", "kind": "viewed", "at": NOW.isoformat(), **wrong}
    assert shop.post("/v1/events", json={"items": [event]}).status_code == 422


def test_the_command_line_drafts_and_profiles(shop: TestClient, open_desk: Desk) -> None:
    tell(shop, *["payment.failed"] * 3)
    rules = str(open_desk.data_dir.parent / "rules.toml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KNOWDESK_PROACTIVE_RULES", rules)
        assert "try another card" in open_desk("proactive", "draft", "--kb", "desk", "--preview").stdout
        assert open_desk.json("proactive", "draft", "--kb", "desk")["items"][0]["rule"] == "failed"
        assert "held back: sent" in open_desk("proactive", "draft", "--kb", "desk").stdout
        assert "Drift R3" in open_desk("proactive", "profile", CUSTOMER, "--kb", "desk").stdout
        patch.setenv("KNOWDESK_PROACTIVE_RULES", rules + ".none")
        assert open_desk("proactive", "draft", "--kb", "desk").exit_code == 2


def test_a_number_beyond_all_is_refused_and_far_times_are_kept(shop: TestClient) -> None:
    far = {"id": "far", "customer_id": "far", "kind": "viewed", "at": "0001-01-01T00:00:00+14:00", "subject": "R3"}
    endless = {**far, "id": "e", "details": {"seconds": 1}}
    body = json.dumps({"items": [endless]}).replace('"seconds": 1', '"seconds": 1e999')
    assert shop.post("/v1/events", content=body, headers={"content-type": "application/json"}).status_code == 422
    assert shop.post(
        "/v1/events", json={"items": [far, {**far, "id": "x", "at": "9999-12-31T23:59:59-12:00"}]}
    ).is_success
    profile = shop.get("/v1/customers/far/profile", params=KB)
    assert profile.json()["events"] == {"viewed": 2}
    assert draft(shop) == ([], [])


def test_turns_may_be_said_at_any_time(shop: TestClient) -> None:
    for number, at in enumerate(("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00")):
        turn = {"id": f"m{number}", "text": "We will refund you tomorrow.", "at": at, "agent": "\x00"}
        assert shop.post("/v1/conversations/c/turns", json={**KB, "turns": [turn]}).status_code == 200
    assert shop.post("/v1/insights/runs", json=KB).json()["replies"] == 2
    for week in ("0001-01-01", "9999-12-31"):
        params = {**KB, "week": week}
        assert shop.get("/v1/insights/quality/digest", params=params).status_code == 422
