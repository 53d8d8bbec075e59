"""Personal data by the settings: what a language model is sent, what is stored, what a reply still has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.assembly import build_engine
from engine.settings import load_settings
from tests.fakes.embedding import HashEmbedder
from tests.fakes.openai_server import FakeOpenAI, fake_openai
from tests.fakes.postgres import bytes_kept

HOTLINE = "Our hotline for the kettle is +44 20 7946 0142."
EMAIL, PHONE = "lena@post.example", "+49 151 23456789"
ASKED = f"What is the hotline for the kettle? I am at {EMAIL} and {PHONE}"


@contextmanager
def shop(folder: Path, **chosen: Any) -> Iterator[TestClient]:
    """Give a client of a shop whose settings are `chosen`."""
    settings = load_settings(data_dir=folder / "data", parse_workers=0, answer_threshold=0, llm_timeout_s=120, **chosen)
    engine = build_engine(settings, embedder=HashEmbedder())
    with TestClient(create_app(settings, engine=engine)) as client:
        client.post("/v1/knowledge-bases", json={"name": "shop"})
        files = [("files", ("hotline.md", f"# Hotline\n\n{HOTLINE}".encode()))]
        assert client.post("/v1/documents", files=files, data={"knowledge_base": "shop"}).status_code == 200
        yield client
    engine.close()


def ask(client: TestClient, question: str = ASKED) -> dict[str, Any]:
    body = {"knowledge_base": "shop", "question": question, "conversation_id": "talk", "customer_id": "c-7"}
    reply = client.post("/v1/answer", json=body)
    assert reply.status_code == 200
    found: dict[str, Any] = reply.json()
    return found


def stored(folder: Path) -> bytes:
    return bytes_kept(folder / "data")


@pytest.fixture
def model() -> Iterator[FakeOpenAI]:
    with fake_openai(pieces=("Our hotline for the kettle is +44 20 79", "46 0142 [1].")) as server:
        yield server


@pytest.mark.parametrize(("masking", "sent", "kept"), [("llm", False, True), ("storage", True, False)])
def test_the_policy_says_where(tmp_path: Path, model: FakeOpenAI, masking: str, sent: bool, kept: bool) -> None:
    with shop(tmp_path, masking=masking, llm_base_url=model.url, llm_model="m") as client:
        ask(client)
        requests = json.dumps(model.requests)
        assert requests.count("evidence") > 0
        assert [(secret in requests, secret.encode() in stored(tmp_path)) for secret in (EMAIL, PHONE)] == [
            (sent, kept)
        ] * 2


def test_answers_from_what_the_company_publishes_are_grounded_as_ever(tmp_path: Path, model: FakeOpenAI) -> None:
    with shop(tmp_path, masking="both", llm_base_url=model.url, llm_model="m") as client:
        answer = ask(client)
        assert (answer["answer"]["mode"], answer["answer"]["text"]) == ("generated", HOTLINE)
        assert answer["citations"][0]["quote"] == HOTLINE
        assert answer["question"]["text"] == ASKED
        turns = client.get("/v1/customers/c-7").json()["conversations"][0]["turns"]
    assert [turn["text"] for turn in turns][:2] == [
        "What is the hotline for the kettle? I am at [email 1] and [phone 1]",
        HOTLINE,
    ]


def test_a_person_who_takes_over_gets_the_facts_of_this_message(tmp_path: Path) -> None:
    with shop(tmp_path, masking="storage") as client:
        over = ask(client, f"I want to talk to a person, write to {EMAIL}")["handoff"]
        assert EMAIL in json.dumps(over["facts"])
        assert EMAIL.encode() not in stored(tmp_path)


def test_feedback_is_masked_before_it_is_stored(tmp_path: Path) -> None:
    with shop(tmp_path, masking="storage") as client:
        ask(client)
        said = {"conversation_id": "talk", "csat": 1, "comment": f"Nobody wrote to {EMAIL}"}
        assert client.post("/v1/feedback", json=said).json()["comment"] == "Nobody wrote to [email 1]"
        assert EMAIL.encode() not in stored(tmp_path)


def test_without_a_policy_nothing_is_masked(tmp_path: Path, model: FakeOpenAI) -> None:
    with shop(tmp_path, masking="off", llm_base_url=model.url, llm_model="m") as client:
        ask(client)
    assert EMAIL in json.dumps(model.requests)
    assert EMAIL.encode() in stored(tmp_path)


def test_kinds_are_chosen_one_by_one(tmp_path: Path) -> None:
    with shop(tmp_path, masking="storage", masking_kinds=["phone"]) as client:
        ask(client)
        kept = stored(tmp_path)
    assert EMAIL.encode() in kept
    assert PHONE.encode() not in kept
