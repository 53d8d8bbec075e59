from __future__ import annotations

import math

import pytest
from fastapi.testclient import TestClient

PATH = "/v1/explanations"
QUESTION = "How long may I return unused goods?"


def test_each_stage_is_shown(client: TestClient) -> None:
    found = client.post(PATH, json={"knowledge_base": "shop", "question": QUESTION}).json()
    assert found["question"] == {"text": QUESTION, "standalone": QUESTION, "language": "en"}
    assert found["translated"] == ""
    best = found["passages"][0]
    assert "30 days" in best["text"]
    assert set(best["ranks"]) <= {"dense", "sparse", "context"}
    assert best["highlights"]
    assert {"language", "standalone", "search", "extract"} <= set(found["timings_ms"])


def test_confidence_is_the_sum_of_its_features(client: TestClient) -> None:
    body = {"knowledge_base": "shop", "question": QUESTION}
    sure = client.post(PATH, json=body).json()["sureness"]
    odds = sure["intercept"] + sum(each["value"] * each["weight"] for each in sure["features"])
    assert math.isfinite(odds)
    assert sure["confidence"] == pytest.approx(client.post("/v1/answer", json=body).json()["confidence"])
    strict = client.post(PATH, json={**body, "threshold": 0.99}).json()["sureness"]
    assert (strict["needed"], strict["features"]) == (0.99, sure["features"])


def test_a_follow_up_is_understood_from_what_was_said(client: TestClient) -> None:
    history = [{"role": "customer", "text": QUESTION}, {"role": "assistant", "text": "Within 30 days."}]
    body = {"knowledge_base": "shop", "question": "And opened software?", "history": history}
    question = client.post(PATH, json=body).json()["question"]
    assert question["standalone"] != question["text"]


def test_nothing_is_recorded(client: TestClient) -> None:
    body = {"knowledge_base": "shop", "question": QUESTION, "conversation_id": "only-explained"}
    client.post(PATH, json=body)
    body["question"] = "And opened software?"
    assert client.post(PATH, json=body).json()["question"]["standalone"] == "And opened software?"


def test_an_empty_knowledge_base_finds_nothing(client: TestClient) -> None:
    found = client.post(PATH, json={"knowledge_base": "empty", "question": QUESTION}).json()
    assert found["passages"] == []
    assert client.post(PATH, json={"knowledge_base": "none", "question": QUESTION}).status_code == 404
    assert client.post(PATH, json={"knowledge_base": "shop", "question": " "}).status_code == 422
