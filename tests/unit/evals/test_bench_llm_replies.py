"""How each model of the generation bench misbehaves: what it writes, and how it says it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

import pytest
from starlette.testclient import TestClient

from evals.bench.llm_server import BEHAVIOURS, app, reply

ENGLISH = "A refund takes 5 working days after the goods arrive. A bank transfer can take 10 working days."
TEXTS = {
    "en": ENGLISH,
    "zh-Hans": "退款在收到商品后5个工作日内到账。您也可以选择由银行转账退款。",
    "ja": "返金は商品到着後5営業日以内に行います。銀行振込もお選びいただけます。",
}


def prompt(*texts: str) -> str:
    """Return a message with numbered evidence, as the engine writes it."""
    return "\n\n".join(f'<evidence-{at} id="{at}">\n{text}\n</evidence-{at}>' for at, text in enumerate(texts, 1))


def said(behaviour: str, *texts: str) -> str:
    return "".join(islice(reply(behaviour, prompt(*texts)), 50))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(app) as opened:
        yield opened


def sent(client: TestClient, behaviour: str, text: str = ENGLISH) -> list[str]:
    """Return the events of a reply."""
    body = {"model": behaviour, "messages": [{"role": "user", "content": prompt(text)}], "stream": True}
    with client.stream("POST", "/v1/chat/completions", json=body) as response:
        assert response.status_code == 200
        return [line.removeprefix("data: ") for line in response.iter_lines() if line]


def content(events: list[str]) -> str:
    return "".join(json.loads(each)["choices"][0]["delta"].get("content", "") for each in events if each != "[DONE]")


@pytest.mark.parametrize("language", TEXTS)
def test_a_faithful_reply_is_the_evidence_with_its_number(language: str) -> None:
    found = said("faithful", TEXTS[language])
    assert re.sub(r" \[1\] ?", "", found).replace(" ", "") == TEXTS[language].replace(" ", "")
    assert found.count("[1]") == 2


def test_evidence_is_cited_by_its_own_number() -> None:
    found = said("faithful", "The first one is here, you see.", "The second one is there, you see.")
    assert found == "The first one is here, you see. [1] The second one is there, you see. [2] "


@pytest.mark.parametrize("language", TEXTS)
def test_wrong_numbers_are_no_numbers_of_the_evidence(language: str) -> None:
    text = TEXTS[language]
    numbers = set(re.findall(r"\d+", re.sub(r"\[\d+\]", "", said("wrong_number", text))))
    assert numbers
    assert numbers.isdisjoint(re.findall(r"\d+", text))


@pytest.mark.parametrize("language", TEXTS)
def test_a_denial_differs_from_what_it_denies(language: str) -> None:
    found = said("denying", TEXTS[language])
    assert found != said("faithful", TEXTS[language])
    assert any(word in found for word in ("not", "不可以", "ません"))


@pytest.mark.parametrize("behaviour", ["gibberish", "wrong_link", "wrong_language"])
def test_what_is_made_up_is_cited_all_the_same(behaviour: str) -> None:
    found = said(behaviour, ENGLISH)
    assert "[1]" in found
    assert found.strip() not in ENGLISH


def test_a_thought_has_no_end() -> None:
    assert said("thinking", ENGLISH).startswith("<think>")
    assert "</think>" not in said("thinking", ENGLISH)
    assert len(list(islice(reply("endless", ""), 500))) == 500


@pytest.mark.parametrize("behaviour", sorted({*BEHAVIOURS} - {"endless", "thinking"}))
def test_without_evidence_nothing_breaks(behaviour: str) -> None:
    assert len("".join(reply(behaviour, "Who are you?"))) < 2000


def test_silence_says_nothing() -> None:
    assert said("empty", ENGLISH) == ""


@pytest.mark.parametrize(
    ("behaviour", "finish"), [("faithful", "stop"), ("wrong_number", "stop"), ("length_limit", "length")]
)
def test_a_stream_ends_with_its_reason(client: TestClient, behaviour: str, finish: str) -> None:
    *_, last, done = sent(client, behaviour)
    assert (json.loads(last)["choices"][0]["finish_reason"], done) == (finish, "[DONE]")


def test_a_stream_carries_the_reply(client: TestClient) -> None:
    assert content(sent(client, "faithful")) == said("faithful", ENGLISH)


def test_what_is_cut_off_has_no_end(client: TestClient) -> None:
    events = sent(client, "cut_off")
    assert "[DONE]" not in events
    assert ENGLISH.startswith(content(events))
    assert all(json.loads(each)["choices"][0]["finish_reason"] is None for each in events)


def test_broken_events_are_no_json(client: TestClient) -> None:
    (event,) = sent(client, "broken_events")
    with pytest.raises(json.JSONDecodeError):
        json.loads(event)


@pytest.mark.parametrize(("behaviour", "status"), [("rate_limited", 429), ("down", 503), ("no_protocol", 200)])
def test_some_never_begin(client: TestClient, behaviour: str, status: int) -> None:
    body = {"model": behaviour, "messages": [{"role": "user", "content": "?"}]}
    response = client.post("/v1/chat/completions", json=body)
    assert response.status_code == status
    assert ("Retry-After" in response.headers) is (behaviour == "rate_limited")
    assert "event-stream" not in response.headers["content-type"]


def test_every_model_is_listed(client: TestClient) -> None:
    listed = client.get("/v1/models").json()["data"]
    assert [each["id"] for each in listed] == list(BEHAVIOURS)
    assert len(set(BEHAVIOURS)) == len(BEHAVIOURS)
