from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.assembly import build_engine
from engine.domain.draft import DraftPart
from engine.settings import Settings
from tests.api.conftest import PAGES
from tests.fakes.embedding import HashEmbedder
from tests.fakes.generation import ScriptedGenerator

ASKED = [{"role": "customer", "text": "How long may I return unused goods?"}]
ASK = {"knowledge_base": "shop", "turns": ASKED}


def drafted(client: TestClient, **body: object) -> dict[str, Any]:
    response = client.post("/v1/drafts", json={**ASK, **body})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def said(found: dict[str, Any], span: dict[str, int]) -> str:
    text = str(found["text"])
    return text[span["start"] : span["end"]]


def test_a_reply_is_drafted_with_its_evidence(client: TestClient) -> None:
    found = drafted(client, facts={"customer_name": "Lena Fischer", "agent_name": "Tom"}, channel="email")
    assert (found["mode"], found["language"], found["check"]["verdict"]) == ("composed", "en", "pass")
    parts = {each["part"]: said(found, each["span"]) for each in found["sections"]}
    assert list(parts) == ["greeting", "empathy", "answer", "next", "closing"]
    assert parts["greeting"] == "Hi Lena Fischer,"
    assert "30 days" in parts["answer"]
    assert parts["closing"].endswith("\nTom")
    for cited in found["citations"]:
        assert cited["quote"] in PAGES[cited["uri"]]
        assert said(found, cited["answer_span"]) == cited["quote"]


def test_without_evidence_the_reply_holds(client: TestClient) -> None:
    turns = [{"role": "customer", "text": "My parcel never arrived. Where is it?"}]
    found = drafted(client, turns=turns, agent_language="ja")
    assert (found["mode"], found["citations"], found["check"]["promises"]) == ("holding", [], [])
    assert "our delivery team" in found["text"]
    (gap,) = found["missing"]
    assert (gap["name"], gap["question"] in said(found, gap["span"])) == ("order_number", True)
    assert "ナレッジ" in {each["kind"]: each["message"] for each in found["warnings"]}["no_evidence"]


def test_a_canned_reply_is_the_core_and_its_gaps_are_listed(empty_client: TestClient) -> None:
    empty_client.post("/v1/knowledge-bases", json={"name": "kb"})
    reply = {"shortcut": "late", "language": "en", "title": "Late", "text": "Order {order_number} comes by {courier}."}
    empty_client.post("/v1/canned-replies", json={"knowledge_base": "kb", **reply})
    found = drafted(empty_client, knowledge_base="kb", template="/LATE", facts={"courier": "Swift"})
    (gap,) = found["missing"]
    assert found["mode"] == "canned"
    assert "Order {order_number} comes by Swift." in found["text"]
    assert (gap["name"], said(found, gap["span"])) == ("order_number", "{order_number}")
    assert "leftover" in {each["rule"] for each in found["check"]["findings"]}
    refused = empty_client.post("/v1/drafts", json={**ASK, "knowledge_base": "kb", "template": "lat"})
    assert refused.status_code == 404


def test_an_own_draft_is_rewritten(client: TestClient) -> None:
    own = "Hi there! Thanks for your message. Please note that we ship on 3 May. Have a nice day!"
    found = drafted(client, turns=[], draft=own, rewrite="shorter")
    assert (found["mode"], found["text"], found["sections"]) == ("rewritten", "Hi there!\nWe ship on 3 May.", [])


def test_a_translation_takes_a_language_model(client: TestClient) -> None:
    body = {"knowledge_base": "shop", "draft": "We ship on 3 May.", "rewrite": "translated", "language": "ja"}
    refused = client.post("/v1/drafts", json=body)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")
    assert "KNOWDESK_LLM_BASE_URL" in refused.json()["remedy"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**ASK, "knowledge_base": "ghost"}, 404),
        ({"knowledge_base": "shop"}, 422),
        ({**ASK, "turns": [{"role": "agent", "text": "Hi"}]}, 422),
        ({**ASK, "draft": "Hello"}, 422),
        ({**ASK, "rewrite": "shorter"}, 422),
        ({**ASK, "rewrite": "poetic", "draft": "Hello"}, 422),
        ({**ASK, "tone": "rude"}, 422),
        ({**ASK, "channel": "fax"}, 422),
        ({**ASK, "facts": {"Order": "x"}}, 422),
        ({**ASK, "extra": 1}, 422),
    ],
)
def test_wrong_requests_are_refused(client: TestClient, body: dict[str, object], status: int) -> None:
    response = client.post("/v1/drafts", json=body)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")


def test_a_language_model_writes_and_is_checked(settings: Settings, shop_folder: object) -> None:
    import shutil

    shutil.copytree(str(shop_folder), settings.data_dir)
    engine = build_engine(settings, embedder=HashEmbedder())
    written = (
        "empathy: I understand that you want to be sure.\n"
        "answer: You may return unused goods within 30 days of delivery. [1]\n"
        "answer: We refund 500 EUR on top. [1]\n"
    )
    object.__setattr__(engine.parts, "generator", ScriptedGenerator(written))
    with TestClient(create_app(settings, engine=engine)) as client:
        found = drafted(client)
    engine.close()
    parts = {each["part"]: said(found, each["span"]) for each in found["sections"]}
    assert found["mode"] == "generated"
    assert parts[DraftPart.EMPATHY] == "I understand that you want to be sure."
    assert parts[DraftPart.ANSWER] == "You may return unused goods within 30 days of delivery."
    assert "500" not in found["text"]
    assert "left out" in found["notes"][0]
