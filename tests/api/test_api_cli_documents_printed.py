"""What `--json` prints is the document that the HTTP API answers with, and what people see has no trace of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from api.schemas.answers import AnswerOut
from api.schemas.checks import ReplyCheckOut, WordsModel
from api.schemas.documents import DocumentOut
from api.schemas.ingestion import IngestOut
from api.schemas.intents import IntentsOut
from api.schemas.knowledge_bases import KnowledgeBaseDetailOut
from api.schemas.search import SearchOut
from api.schemas.sentiment import TrajectoryOut
from api.schemas.triage import TriageOut
from api.schemas.versions import VersionsOut
from tests.api.desk import Desk

QUESTION = "Within how many days may I return unused goods?"
REPLY = "You may return unused goods within 90 days of delivery."
MESSAGE = "My kettle KX-200 is broken, I am fed up!"
SHOP = ("--kb", "shop")
VARYING = {"conversation_id", "answer_id", "timings_ms"}

SAME: dict[str, tuple[tuple[str, ...], str, dict[str, Any], type[BaseModel]]] = {
    "ask": (("ask", QUESTION, *SHOP), "/v1/answer", {"question": QUESTION}, AnswerOut),
    "search": (("search", "returns", *SHOP), "/v1/search", {"query": "returns"}, SearchOut),
    "check": (("check", REPLY, *SHOP), "/v1/checks", {"text": REPLY}, ReplyCheckOut),
    "triage": (("triage", MESSAGE, *SHOP), "/v1/triage", {"text": MESSAGE}, TriageOut),
}
PRINTED: dict[tuple[str, ...], type[BaseModel]] = {
    ("sentiment", MESSAGE): TrajectoryOut,
    ("intents", "list", *SHOP): IntentsOut,
    ("words", "list", *SHOP): WordsModel,
}
LISTED: dict[tuple[str, ...], type[BaseModel]] = {
    ("documents", "list", *SHOP): DocumentOut,
    ("kb", "list"): KnowledgeBaseDetailOut,
}


def steady(found: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is another each time."""
    return {name: value for name, value in found.items() if name not in VARYING}


@pytest.mark.parametrize("name", SAME)
def test_the_command_line_prints_what_the_api_answers(shop_desk: Desk, client: TestClient, name: str) -> None:
    words, path, body, model = SAME[name]
    printed = shop_desk.json(*words)
    answered = client.post(path, json={"knowledge_base": "shop", **body})
    assert answered.status_code == 200, answered.text
    assert steady(printed) == steady(answered.json())
    model.model_validate(printed)


@pytest.mark.parametrize("words", PRINTED, ids=" ".join)
def test_what_is_printed_is_of_its_model(shop_desk: Desk, words: tuple[str, ...]) -> None:
    printed = shop_desk.json(*words)
    assert json.loads(PRINTED[words].model_validate(printed).model_dump_json()) == printed


@pytest.mark.parametrize("words", LISTED, ids=" ".join)
def test_lists_have_items_of_their_model(shop_desk: Desk, words: tuple[str, ...]) -> None:
    printed = shop_desk.json(*words)
    assert set(printed) == {"items"}
    assert printed["items"]
    for item in printed["items"]:
        LISTED[words].model_validate(item)


def test_versions_are_those_of_the_api(shop_desk: Desk, client: TestClient) -> None:
    (item, *_) = shop_desk.json("documents", "list", *SHOP)["items"]
    printed = shop_desk.json("documents", "versions", item["id"], *SHOP)
    assert printed == client.get(f"/v1/documents/{item['id']}/versions").json()
    VersionsOut.model_validate(printed)


def test_a_document_is_that_of_the_api_with_its_text(shop_desk: Desk, client: TestClient) -> None:
    for item in shop_desk.json("documents", "list", *SHOP)["items"]:
        printed = shop_desk.json("documents", "show", item["id"], *SHOP)
        text = printed.pop("text")
        assert printed == client.get(f"/v1/documents/{item['id']}").json()
        assert text == client.get(f"/v1/documents/{item['id']}/text").json()["text"]


def test_an_ingestion_prints_its_report(desk: Desk, pages: Path) -> None:
    printed = desk.json("ingest", str(pages), "--kb", "new")
    assert IngestOut.model_validate(printed).documents.added == 4
    again = desk.json("ingest", str(pages), "--kb", "new")
    assert IngestOut.model_validate(again).documents.unchanged == 4


ALL = [*(words for words, *_ in SAME.values()), *PRINTED, *LISTED]


@pytest.mark.parametrize("words", ALL, ids=lambda words: words[0])
def test_json_can_be_asked_for_before_the_command_too(shop_desk: Desk, words: tuple[str, ...]) -> None:
    before, after = shop_desk("--json", *words), shop_desk(*words, "--json")
    assert (before.exit_code, after.exit_code) == (0, 0)
    assert steady(json.loads(before.stdout)) == steady(json.loads(after.stdout))
    assert before.stderr == after.stderr == ""


@pytest.mark.parametrize("words", ALL, ids=lambda words: words[0])
def test_people_are_shown_no_json(shop_desk: Desk, words: tuple[str, ...]) -> None:
    result = shop_desk(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.strip() or words[:2] == ("intents", "list")
    with pytest.raises(json.JSONDecodeError):
        json.loads(result.stdout)


def test_text_of_any_script_is_printed_as_it_is(shop_desk: Desk) -> None:
    result = shop_desk("search", "退货", *SHOP, "--json")
    assert "退货" in result.stdout
    assert "\\u" not in result.stdout
