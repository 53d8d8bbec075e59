"""`/v1/insights`: topics, gaps, the sentiment map, the questions behind them, the forecast, runs."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from engine.service import Engine

QUESTIONS = ["Do you sell gift cards, tom@example.com?"] * 4
KB = {"knowledge_base": "desk"}


@pytest.fixture
def asked(empty_client: TestClient, engine: Engine) -> TestClient:
    """Return a client of a desk that knows nothing, and was asked four times."""
    engine.create_knowledge_base("desk")
    for question in QUESTIONS:
        assert empty_client.post("/v1/answer", json={**KB, "question": question}).status_code == 200
    return empty_client


def read(client: TestClient, path: str, **params: Any) -> dict[str, Any]:
    reply = client.get(f"/v1/insights/{path}", params={**KB, **params})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def run(client: TestClient) -> dict[str, Any]:
    reply = client.post("/v1/insights/runs", json=KB)
    assert reply.status_code == 200, reply.text
    done: dict[str, Any] = reply.json()
    return done


def test_a_run_finds_what_was_asked_and_what_is_lacking(asked: TestClient) -> None:
    assert read(asked, "topics")["items"] == []
    done = run(asked)
    assert (done["read"], done["left"], done["topics"], done["gaps"]) == (4, 0, 1, 1)
    (topic,) = read(asked, "topics")["items"]
    assert (topic["questions"], topic["share"], topic["abstained"], topic["growth"]) == (4, 1, 1, None)
    assert topic["id"] in done["new_topics"]
    (gap,) = read(asked, "gaps")["items"]
    assert (gap["questions"], gap["cause"], gap["document"], gap["failing"]) == (4, "missing", None, 1)
    assert gap["failures"] == {"abstained": 4}
    assert run(asked) == {**done, "read": 0, "new_topics": [], "new_gaps": [], "rebuilt": False}


def test_the_sentiment_map_leads_to_the_conversations_behind_each_cell(asked: TestClient) -> None:
    run(asked)
    found = read(asked, "sentiment", interval="day")
    (row,) = found["topics"]
    (cell,) = row["cells"]
    assert (cell["questions"], found["starts"]) == (4, [cell["start"]])
    first = read(asked, "questions", topic_id=row["topic_id"], level=cell["level"], limit=3)
    rest = read(asked, "questions", topic_id=row["topic_id"], level=cell["level"], cursor=first["next_cursor"])
    assert rest["next_cursor"] is None
    assert len({each["conversation_id"] for each in (*first["items"], *rest["items"])}) == 4
    assert read(asked, "questions", level=5 if cell["level"] != 5 else 1)["items"] == []


def test_nobody_reads_personal_data(asked: TestClient) -> None:
    run(asked)
    for path in ("topics", "gaps", "questions"):
        told = str(read(asked, path))
        assert "example.com" not in told
        assert "[email 1]" in told


def test_a_period_without_questions_has_no_topics(asked: TestClient) -> None:
    run(asked)
    early = {"since": "2020-01-01T00:00:00Z", "until": "2020-02-01T00:00:00Z"}
    for path in ("topics", "gaps", "questions"):
        assert read(asked, path, **early)["items"] == []
    assert read(asked, "sentiment", **early)["topics"] == []


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("topics", {"knowledge_base": "nowhere"}, 404),
        ("gaps", {"knowledge_base": "nowhere"}, 404),
        ("sentiment", {"knowledge_base": "nowhere"}, 404),
        ("forecast", {"knowledge_base": "nowhere"}, 404),
        ("questions", {"cursor": "nowhere"}, 404),
        ("sentiment", {"interval": "fortnight"}, 422),
        ("topics", {"since": "2026-02-01T00:00:00Z", "until": "2026-01-01T00:00:00Z"}, 422),
        ("topics", {"since": "2026-02-01T00:00:00"}, 422),
        ("forecast", {}, 422),
        ("forecast", {"days": 0}, 422),
    ],
)
def test_what_cannot_be_told_is_a_problem(asked: TestClient, path: str, params: dict[str, Any], status: int) -> None:
    reply = asked.get(f"/v1/insights/{path}", params={**KB, **params})
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
