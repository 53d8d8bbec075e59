"""Feedback through HTTP: on which answer, sent twice, listed page by page, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

Json = dict[str, Any]
QUESTION = "Within how many days may I return unused goods?"


def _ask(client: TestClient, question: str = QUESTION, **more: object) -> Json:
    body = {"knowledge_base": "shop", "question": question, "threshold": 0, **more}
    found: Json = client.post("/v1/answer", json=body).json()
    return found


def _send(client: TestClient, status: int = 200, **body: object) -> Json:
    response = client.post("/v1/feedback", json=body)
    assert response.status_code == status, response.text
    found: Json = response.json()
    return found


def _list(client: TestClient, **filters: object) -> Json:
    response = client.get("/v1/feedback", params=filters)  # type: ignore[arg-type]
    assert response.status_code == 200, response.text
    found: Json = response.json()
    return found


def test_feedback_knows_question_answer_documents_and_language(client: TestClient) -> None:
    answer = _ask(client)
    kept = _send(client, conversation_id=answer["conversation_id"], verdict="accepted", csat=5, comment="Quick.")
    assert kept["answer_id"] == answer["answer_id"]
    assert (kept["knowledge_base"], kept["verdict"], kept["csat"]) == ("shop", "accepted", 5)
    about = kept["about"]
    assert (about["question"], about["language"], about["answer"]) == (QUESTION, "en", answer["answer"]["text"])
    cited = [(each["document_id"], each["uri"], each["quote"]) for each in answer["citations"]]
    assert [(each["document_id"], each["uri"], each["quote"]) for each in about["citations"]] == cited
    assert cited
    assert _list(client, conversation_id=answer["conversation_id"])["items"] == [kept]


def test_feedback_is_on_the_answer_that_it_names_or_on_the_newest(client: TestClient) -> None:
    first = _ask(client)
    conversation = first["conversation_id"]
    second = _ask(client, "How long is the warranty of the kettle?", conversation_id=conversation)
    assert first["answer_id"] != second["answer_id"]
    assert _send(client, conversation_id=conversation, verdict="solved")["answer_id"] == second["answer_id"]
    named = _send(client, conversation_id=conversation, answer_id=first["answer_id"], verdict="rejected")
    assert named["about"]["question"] == QUESTION


def test_the_same_sent_twice_is_kept_once(client: TestClient) -> None:
    conversation = _ask(client)["conversation_id"]
    body = {"conversation_id": conversation, "verdict": "edited", "edited_text": "30 days.", "csat": 4}
    assert _send(client, **body) == _send(client, **body)
    named = _send(client, **body, id=f"mine-{conversation}")
    assert _send(client, **body, id=f"mine-{conversation}") == named
    assert len(_list(client, conversation_id=conversation)["items"]) == 2
    other = {**body, "edited_text": "31 days."}
    assert _send(client, 409, **other, id=f"mine-{conversation}")["type"] == "/problems/conflict"


def test_feedback_is_filtered_and_listed_page_by_page(client: TestClient) -> None:
    conversation = _ask(client)["conversation_id"]
    verdicts = ["accepted", "rejected", "solved"]
    sent = [_send(client, conversation_id=conversation, verdict=verdict) for verdict in verdicts]
    newest_first = [each["id"] for each in reversed(sent)]
    seen, cursor = [], None
    for _ in sent:
        page = _list(client, conversation_id=conversation, limit=1, **({"cursor": cursor} if cursor else {}))
        seen += [each["id"] for each in page["items"]]
        cursor = page["next_cursor"]
    assert (seen, cursor) == (newest_first, None)
    some = _list(client, conversation_id=conversation, verdict=["accepted", "solved"])
    assert [each["verdict"] for each in some["items"]] == ["solved", "accepted"]
    middle = sent[1]["created_at"]
    assert [each["id"] for each in _list(client, conversation_id=conversation, since=middle)["items"]] == [
        sent[2]["id"],
        sent[1]["id"],
    ]
    assert [each["id"] for each in _list(client, conversation_id=conversation, until=middle)["items"]] == [
        sent[0]["id"]
    ]
    assert _list(client, knowledge_base="empty")["items"] == []
    assert sent[0]["id"] in {each["id"] for each in _list(client, knowledge_base="shop", limit=200)["items"]}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"verdict": "loved"}, 422),
        ({"csat": 0}, 422),
        ({"csat": 6}, 422),
        ({"verdict": "edited"}, 422),
        ({"verdict": "edited", "edited_text": "  "}, 422),
        ({"verdict": "accepted", "edited_text": "Something else."}, 422),
        ({"verdict": "accepted", "answer_id": "unheard-of"}, 404),
        ({"verdict": "accepted", "knowledge_base": "empty"}, 404),
        ({"verdict": "accepted", "conversation_id": "unheard-of"}, 404),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_remedy(client: TestClient, body: Json, status: int) -> None:
    conversation = _ask(client)["conversation_id"]
    problem = _send(client, status, **{"conversation_id": conversation, **body})
    assert problem["status"] == status
    assert problem["remedy"]
    assert _list(client, conversation_id=conversation)["items"] == []


def test_a_customer_may_only_say_how_content_they_are(client: TestClient) -> None:
    kept = _send(client, conversation_id=_ask(client)["conversation_id"], knowledge_base="shop", csat=2)
    assert (kept["verdict"], kept["csat"]) == (None, 2)


def test_lists_of_what_is_not_there_are_refused(client: TestClient) -> None:
    for filters in ({"knowledge_base": "nowhere"}, {"cursor": "unheard-of"}):
        response = client.get("/v1/feedback", params=filters)
        assert (response.status_code, response.json()["type"]) == (404, "/problems/not-found")
