"""Turns that the ticket layer reports, and what is told of how the desk serves."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from engine.answering.request import AnswerRequest
from engine.service import Engine
from engine.settings import Settings
from tests.api.desk import Desk
from tests.fakes.postgres import bytes_kept

KB = {"knowledge_base": "desk"}
NOW = datetime.now(UTC)
REFUND = "I am sorry. We will refund you within 2 hours, order MV-2026-118420."
CUSTOMER = "customer-7731"


@pytest.fixture
def shop(empty_client: TestClient) -> TestClient:
    """Return a client of a desk with a policy of refunds."""
    page = b"---\nkind: policy\n---\n# Refunds\n\nWe refund you within 5 working days of the return.\n"
    empty_client.post("/v1/knowledge-bases", json={"name": "desk"})
    files = [("files", ("refunds.md", page))]
    assert empty_client.post("/v1/documents", files=files, data=KB).status_code == 200
    return empty_client


def say(client: TestClient, text: str, *, id: str = "m-1", ago: timedelta = timedelta(hours=5), **told: Any) -> int:
    turn = {"id": id, "text": text, "agent": "a-17", "team": "returns", "at": (NOW - ago).isoformat(), **told}
    body = {**KB, "customer_id": CUSTOMER, "turns": [turn]}
    reply = client.post("/v1/conversations/ticket-88/turns", json=body)
    assert reply.status_code == 200, reply.text
    turns: int = reply.json()["turns"]
    return turns


def told(client: TestClient, path: str = "", **params: Any) -> dict[str, Any]:
    reply = client.get(f"/v1/insights/quality{path}", params={**KB, **params})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def run(client: TestClient) -> int:
    replies: int = client.post("/v1/insights/runs", json=KB).json()["replies"]
    return replies


def test_a_turn_is_kept_once_and_checked_once(shop: TestClient) -> None:
    assert [say(shop, REFUND), say(shop, REFUND), say(shop, "Hello?", id="m-2", role="customer")] == [1, 1, 2]
    assert (run(shop), run(shop)) == (1, 0)
    found = told(shop)
    assert (found["total"]["replies"], found["assistant"]["replies"], found["people"]["blocked"]) == (1, 0, 1)
    assert found["people"]["findings"] == {"promise": 1}
    assert [(each["id"], each["figures"]["replies"]) for each in found["agents"]] == [("a-17", 1)]
    assert found["teams"][0]["id"] == "returns"


def test_the_bots_answers_are_checked_with_the_topics_of_their_questions(shop: TestClient, engine: Engine) -> None:
    for number in range(4):
        asked = AnswerRequest("Within how many days do you refund me?", conversation_id=f"c{number}", threshold=0.0)
        assert engine.answer("desk", asked).text
    assert run(shop) == 4
    found = told(shop)
    assert found["assistant"]["replies"] == 4
    (topic,) = found["topics"]
    assert topic["name"] != topic["id"] != ""
    shop.post("/v1/feedback", json={"conversation_id": "c0", "verdict": "solved", "csat": 5})
    shop.post("/v1/feedback", json={"conversation_id": "c1", "csat": 1})
    figures = told(shop)["total"]
    assert (figures["csat"], figures["solved"], figures["told"]) == (3.0, 0.5, 2)


@pytest.mark.parametrize(
    ("event", "state", "kept"),
    [
        ({"kind": "refunded", "at": NOW - timedelta(hours=4)}, "kept", 1.0),
        ({"kind": "order.refunded", "at": NOW - timedelta(hours=1)}, "late", 0.0),
        ({"kind": "refunded", "at": NOW - timedelta(hours=9)}, "missed", 0.0),
        ({"kind": "refunded", "at": NOW - timedelta(hours=4), "subject": "MV-2026-999999"}, "missed", 0.0),
        ({"kind": "refunded", "at": NOW - timedelta(hours=4), "subject": "MV-2026-118420"}, "kept", 1.0),
        ({"kind": "viewed", "at": NOW - timedelta(hours=4)}, "unknown", None),
    ],
)
def test_events_tell_whether_a_promise_was_kept(
    shop: TestClient, event: dict[str, Any], state: str, kept: float | None
) -> None:
    say(shop, REFUND)
    sent = {"id": "e-1", "customer_id": CUSTOMER, **event, "at": event["at"].isoformat()}
    assert shop.post("/v1/events", json={"items": [sent]}).json()["new"] == 1
    run(shop)
    figures = told(shop)["people"]
    assert (figures["promises"], figures["kept"]) == ({state: 1}, kept)
    (reply,) = told(shop, "/replies", promise=state)["items"]
    (promise,) = reply["promises"]
    assert (promise["matter"], promise["text"]) == ("refund", "We will refund you within 2 hours")
    assert (promise["settled_at"] is None) == (state in {"missed", "unknown"})


def test_a_promise_is_open_until_its_time_is_over_and_may_be_settled_later(shop: TestClient) -> None:
    say(shop, REFUND, ago=timedelta(minutes=5))
    run(shop)
    assert told(shop)["people"]["promises"] == {"open": 1}
    event = {"id": "e", "customer_id": CUSTOMER, "kind": "refunded", "at": NOW.isoformat()}
    shop.post("/v1/events", json={"items": [event]})
    assert run(shop) == 0
    assert told(shop)["people"]["promises"] == {"kept": 1}


def test_an_agents_next_words_keep_a_promise_to_get_in_touch(shop: TestClient) -> None:
    say(shop, "We will call you back within 2 hours.")
    run(shop)
    assert told(shop)["people"]["promises"] == {"missed": 1}
    say(shop, "As promised: all is well now.", id="m-2", ago=timedelta(hours=4))
    run(shop)
    assert told(shop)["people"]["promises"] == {"kept": 1}


def test_replies_are_listed_page_by_page_without_personal_data(shop: TestClient) -> None:
    for number in range(3):
        say(shop, "Write to tom@example.com, please.", id=f"m-{number}", ago=timedelta(hours=number + 1))
    run(shop)
    first = told(shop, "/replies", verdict="warn", limit=2)
    rest = told(shop, "/replies", verdict="warn", limit=2, cursor=first["next_cursor"])
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 1, None)
    assert "tom@example.com" not in str((first, rest))
    assert first["items"][0]["findings"][0]["text"] == "[email 1]"
    assert told(shop, "/replies", agent="nobody")["items"] == []
    assert shop.get("/v1/insights/quality/replies", params={**KB, "cursor": "none"}).status_code == 404


def test_the_digest_is_a_page_and_a_table_in_four_languages(shop: TestClient) -> None:
    evil = "<script>alert(1)</script>"
    say(shop, REFUND, agent=evil, ago=timedelta(days=1))
    say(shop, "Fine.", id="m-2", agent="=HYPERLINK(1)", ago=timedelta(days=1))
    run(shop)
    asked = {**KB, "week": (NOW - timedelta(days=1)).date().isoformat()}
    titles = set()
    for language in ("en", "zh-Hans", "zh-Hant", "ja"):
        page = shop.get("/v1/insights/quality/digest", params={**asked, "language": language})
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "script" not in page.text.replace("&lt;script&gt;", "").replace("&lt;/script&gt;", "")
        assert "http" not in page.text
        titles.add(page.text.partition("<title>")[2].partition("</title>")[0])
    assert len(titles) == 4
    table = shop.get("/v1/insights/quality/digest", params={**asked, "form": "csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert {row["id"] for row in rows if row["part"] == "agents"} == {evil, "'=HYPERLINK(1)"}
    assert [row["value"] for row in rows if row["part"] == "people" and row["figure"] == "replies"] == ["2"]
    empty = shop.get("/v1/insights/quality/digest", params={**KB, "week": "2020-01-01"})
    assert "None." in empty.text


def test_agents_turns_are_exported_and_erased(shop: TestClient, settings: Settings) -> None:
    say(shop, f"{REFUND} zanzibar", agent="agent-okapi")
    run(shop)
    assert shop.get(f"/v1/customers/{CUSTOMER}").json()["conversations"][0]["turns"][0]["role"] == "agent"
    assert shop.delete(f"/v1/customers/{CUSTOMER}").json()["erased"]["turns"] == 1
    assert told(shop)["total"]["replies"] == 0
    kept = bytes_kept(settings.data_dir)
    assert [word for word in ("zanzibar", "agent-okapi", CUSTOMER) if word.encode() in kept] == []


def test_what_cannot_be_told_is_a_problem(shop: TestClient) -> None:
    for path in ("", "/replies", "/digest"):
        assert shop.get(f"/v1/insights/quality{path}", params={"knowledge_base": "nowhere"}).status_code == 404
    assert shop.get("/v1/insights/quality/digest", params={**KB, "language": "fr"}).status_code == 422
    body = {"knowledge_base": "nowhere", "turns": [{"id": "1", "text": "x"}]}
    assert shop.post("/v1/conversations/c/turns", json=body).status_code == 404
    for turns in ([], [{"id": "1", "text": ""}], [{"id": "1", "text": "x", "role": "assistant"}]):
        assert shop.post("/v1/conversations/c/turns", json={**KB, "turns": turns}).status_code == 422


def test_the_command_line_shows_lists_and_writes(shop: TestClient, open_desk: Desk, tmp_path: Path) -> None:
    say(shop, REFUND)
    assert open_desk.json("insights", "quality", "--kb", "desk", "--as-kept")["total"]["replies"] == 0
    shown = open_desk("insights", "quality", "--kb", "desk").stdout
    assert "a-17" in shown
    assert "returns" in shown
    listed = open_desk("insights", "replies", "--kb", "desk", "--agent", "a-17", "--verdict", "block").stdout
    assert "block: We will refund you within 2 hours" in listed
    assert open_desk("insights", "replies", "--kb", "desk", "--verdict", "bad").exit_code == 2
    for name, begins in (("week.html", "<!doctype html>"), ("week.csv", "part,id")):
        words = (
            "digest",
            "--kb",
            "desk",
            "--out",
            str(tmp_path / name),
            "--language",
            "ja",
            "--week",
            f"{NOW:%Y-%m-%d}",
        )
        assert open_desk("insights", *words).exit_code == 0
        assert (tmp_path / name).read_text().startswith(begins)
    assert "応対品質" in (tmp_path / "week.html").read_text()
    refused = open_desk("insights", "digest", "--kb", "desk", "--out", str(tmp_path / "x.html"), "--language", "fr")
    assert refused.exit_code == 2
