from __future__ import annotations

import pytest

from engine.answering.request import AnswerRequest
from engine.service import Engine
from tests.api.desk import Desk


@pytest.fixture
def asked_desk(open_desk: Desk, engine: Engine) -> Desk:
    """Return the command line over a desk that knows nothing, and was asked four times."""
    engine.create_knowledge_base("desk")
    for _ in range(4):
        engine.answer("desk", AnswerRequest("Do you sell gift cards?"))
    return open_desk


def test_topics_are_read_and_shown(asked_desk: Desk) -> None:
    assert asked_desk.json("insights", "topics", "--kb", "desk", "--as-kept")["items"] == []
    (topic,) = asked_desk.json("insights", "topics", "--kb", "desk")["items"]
    assert (topic["questions"], topic["abstained"]) == (4, 1)
    shown = asked_desk("insights", "topics", "--kb", "desk").stdout
    assert topic["name"] in shown
    assert "100%" in shown


def test_gaps_are_shown_with_their_questions(asked_desk: Desk) -> None:
    (gap,) = asked_desk.json("insights", "gaps", "--kb", "desk")["items"]
    assert gap["cause"] == "missing"
    shown = asked_desk("insights", "gaps", "--kb", "desk").stdout
    assert f"1. {gap['name']} · 4 questions · cost 4 · 100% fail · missing" in shown
    assert "Do you sell gift cards" in shown


def test_moods_are_shown_by_time(asked_desk: Desk) -> None:
    found = asked_desk.json("insights", "sentiment", "--kb", "desk", "--interval", "month")
    assert sum(cell["questions"] for cell in found["topics"][0]["cells"]) == 4
    assert found["starts"][0] in asked_desk("insights", "sentiment", "--kb", "desk", "--interval", "month").stdout
    assert asked_desk("insights", "sentiment", "--kb", "desk", "--interval", "year").exit_code == 2


def test_an_update_says_what_it_did(asked_desk: Desk) -> None:
    assert "Read 4 questions: 1 topics, 1 gaps." in asked_desk("insights", "update", "--kb", "desk").stdout
    again = asked_desk.json("insights", "update", "--kb", "desk", "--rebuild")
    assert (again["read"], again["new_topics"], again["rebuilt"]) == (0, [], True)


def test_a_forecast_of_too_few_days_is_refused(asked_desk: Desk) -> None:
    refused = asked_desk("insights", "forecast", "--kb", "desk")
    assert refused.exit_code == 2
    assert "days to learn from" in refused.stderr
