"""Texts that are made to keep a pattern busy take no longer than others."""

from __future__ import annotations

import time

import pytest
from fastapi.testclient import TestClient

SIZE = 3900  # a question may have 4000 characters
SECONDS = 20.0  # of the processor; a pattern that backtracks takes hours
ODD = {
    "one letter": "a",
    "spaces": " ",
    "lines": "\n",
    "digits": "1",
    "numbers": "1 234 ",
    "dates": "2026-01-",
    "addresses": "a@",
    "dots": "a.",
    "links": "http://a/",
    "labels": "name: ",
    "commands": "ignore all ",
    "brackets": "[x](",
    "braces": "{",
    "ideographs": "我",
    "kana": "あ",
}
CALLS = {
    "/v1/answer": "question",
    "/v1/checks": "text",
    "/v1/triage": "text",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_take_no_longer_than_others(client: TestClient, name: str) -> None:
    text = f"x{ODD[name] * (SIZE // len(ODD[name]))}x"
    began = time.process_time()
    for path, field in CALLS.items():
        response = client.post(path, json={"knowledge_base": "shop", field: text})
        assert response.status_code == 200, response.text
    turns = [{"role": "customer", "text": text}]
    assert client.post("/v1/summaries", json={"turns": turns}).status_code == 200
    suggested = client.post("/v1/suggestions", json={"knowledge_base": "shop", "turns": turns})
    assert suggested.status_code == 200
    assert time.process_time() - began < SECONDS
