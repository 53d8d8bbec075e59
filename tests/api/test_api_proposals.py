"""Knowledge that improves itself, over HTTP: from questions that abstain to what publishing did, and back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.settings import Settings
from tests.api.desk import Desk

PROPOSALS = "/v1/insights/proposals"
WITHIN_S = 5.0  # it takes a fifth of a second where nothing else runs
RETURNS = "# Returns\n\n## Time limit\n\nUnused goods may be returned within 30 days of delivery.\n"
ASKED = ("Why does my kettle not switch off any more?", "My kettle does not switch off any more, why?")
RETURN = "Within how many days of delivery may unused goods be returned?"
CURE = "Boil the kettle once with citric acid and rinse it twice. The sensor then switches off again."
CHAT = (
    "[09:12] Customer: Hello, why does the kettle not switch off any more?\n"
    "[09:13] Agent Tom: Boil the kettle once with citric acid and rinse it twice. The sensor then switches off again.\n"
    "[09:21] Customer: That solved it, thank you! My name is Lena Fischer, +49 151 23456789.\n"
)


@pytest.fixture(name="client")
def opened(settings: Settings) -> Iterator[TestClient]:
    """Give the API with the bundled encoder over a knowledge base and one with a transcript."""
    with TestClient(create_app(settings)) as client:
        for name, file, text in (("shop", "returns.md", RETURNS), ("talks", "kettle.txt", CHAT)):
            client.post("/v1/knowledge-bases", json={"name": name})
            files = [("files", (file, text.encode()))]
            assert client.post("/v1/documents", data={"knowledge_base": name}, files=files).status_code == 200
        yield client


def answer(client: TestClient, question: str) -> dict[str, Any]:
    found: dict[str, Any] = client.post("/v1/answer", json={"knowledge_base": "shop", "question": question}).json()
    return found


def mined(client: TestClient) -> list[dict[str, Any]]:
    found = client.post(PROPOSALS, json={"knowledge_base": "shop", "talks": ["talks"]})
    assert found.status_code == 200, found.text
    return list(found.json()["items"])


def step(client: TestClient, id: str, action: str, status: int = 200, **body: object) -> dict[str, Any]:
    done = client.post(f"{PROPOSALS}/{id}/{action}", json=body)
    assert done.status_code == status, done.text
    found: dict[str, Any] = done.json()
    return found


def corrected(client: TestClient, question: str, text: str) -> str:
    """Ask, and say what an agent sent instead."""
    conversation = str(answer(client, question)["conversation_id"])
    said = {"conversation_id": conversation, "verdict": "edited", "edited_text": text}
    assert client.post("/v1/feedback", json=said).is_success
    return conversation


def test_questions_that_abstain_become_knowledge_and_back(client: TestClient) -> None:
    assert [answer(client, each)["answer"] for each in ASKED] == [None, None]
    corrected(
        client, ASKED[0], f"Dear Mr. Miller, {CURE[0].lower()}{CURE[1:]} Your order MV-2026-118420 is not affected."
    )
    (proposal,) = [each for each in mined(client) if each["kind"] == "new"]
    assert (proposal["state"], proposal["count"], proposal["place"]) == ("proposed", 2, None)
    assert "Miller" not in str(proposal)
    assert "118420" not in str(proposal)
    assert {bool(each["conversation_id"]) for each in proposal["evidence"]} == {True, False}
    assert answer(client, ASKED[0])["answer"] is None, "nothing changes by itself"

    key = proposal["id"]
    assert step(client, key, "publish", 409)["type"].endswith("conflict")
    assert step(client, key, "approve")["state"] == "approved"
    golden = {"question": RETURN, "wordings": ["within 30 days of delivery"]}
    began = time.perf_counter()
    published = step(client, key, "publish", golden=[golden, {"question": "Who won the match?"}])
    effect = published["effect"]
    assert (published["state"], effect["better"], effect["worse"]) == ("published", 2, 0)
    assert effect["searchable_s"] < min(WITHIN_S, time.perf_counter() - began)
    assert [each["verdict"] for each in effect["questions"]] == ["better", "better", "same", "same"]
    assert all(each["after"]["right"] for each in effect["questions"])
    for question in ASKED:
        found = answer(client, question)
        assert "citric acid" in found["answer"]["text"]
        assert found["citations"][0]["document_id"] == published["publication"]["document_id"]
        assert found["citations"][0]["kind"] == "faq"

    assert step(client, key, "rollback")["state"] == "rolled_back"
    assert [answer(client, each)["answer"] for each in ASKED] == [None, None]
    assert mined(client) == [], "what people decided on is not proposed again"
    assert step(client, key, "publish")["effect"]["better"] == 2


def test_what_a_document_says_otherwise_is_corrected_there_and_restored(client: TestClient) -> None:
    corrected(client, RETURN, "Unused goods may be returned within 14 days of delivery.")
    (proposal,) = [each for each in mined(client) if each["kind"] == "contradiction"]
    assert proposal["place"]["quote"] == "Unused goods may be returned within 30 days of delivery."
    step(client, proposal["id"], "approve")
    published = step(client, proposal["id"], "publish")
    assert (published["publication"]["version"], published["publication"]["previous"]) == (2, 1)
    assert published["effect"]["better"] == 1
    found = answer(client, RETURN)
    assert "14 days" in found["answer"]["text"]
    (citation,) = found["citations"]
    text = client.get(f"/v1/documents/{citation['document_id']}/text").json()["text"]
    assert text[citation["span"]["start"] : citation["span"]["end"]] == citation["quote"]
    step(client, proposal["id"], "rollback")
    assert "30 days" in answer(client, RETURN)["answer"]["text"]


def test_a_proposal_is_edited_and_rejected_with_a_reason(client: TestClient) -> None:
    (proposal,) = mined(client)
    path = f"{PROPOSALS}/{proposal['id']}"
    assert client.patch(path, json={}).status_code == 422
    edited = client.patch(path, json={"answer": "Descale it."}).json()
    assert (edited["state"], edited["answer"], edited["question"]) == ("edited", "Descale it.", proposal["question"])
    assert step(client, proposal["id"], "reject", 422)
    assert step(client, proposal["id"], "reject", reason="Only so of the K2.")["reason"] == "Only so of the K2."
    assert step(client, proposal["id"], "approve", 409)["title"]
    assert mined(client) == []
    listed = client.get(PROPOSALS, params={"knowledge_base": "shop", "state": "rejected", "kind": "new"}).json()[
        "items"
    ]
    assert [each["id"] for each in listed] == [proposal["id"]]
    assert client.get(path).json() == listed[0]


def test_steps_are_recorded_and_unknown_things_named(client: TestClient) -> None:
    (proposal,) = mined(client)
    step(client, proposal["id"], "approve")
    done = [each["action"] for each in client.get("/v1/audit").json()["items"]]
    assert {"mine_proposals", "approve_proposal"} <= set(done)
    assert client.get(f"{PROPOSALS}/none").status_code == 404
    assert client.post(PROPOSALS, json={"knowledge_base": "none"}).status_code == 404
    assert client.get(PROPOSALS, params={"knowledge_base": "none"}).status_code == 404


def test_an_erased_customer_leaves_no_evidence(client: TestClient) -> None:
    body = {"knowledge_base": "shop", "question": "Is the quokka kettle loud?", "customer_id": "c1"}
    conversation = client.post("/v1/answer", json=body).json()["conversation_id"]
    said = {"conversation_id": conversation, "verdict": "edited", "edited_text": "The quokka kettle is quiet."}
    client.post("/v1/feedback", json=said)
    assert "quokka" in str(mined(client))
    assert client.delete("/v1/customers/c1").is_success
    assert "quokka" not in client.get(PROPOSALS, params={"knowledge_base": "shop"}).text


def test_contradictions_and_what_is_out_of_date_are_told(client: TestClient) -> None:
    pages = {
        "faq.md": "# Questions about returns\n\nUnused goods may be returned within 14 days of delivery.\n",
        "offer.md": "---\neffective_until: 2020-12-31\n---\n# Offer\n\nSee [terms](terms.md), [returns](returns.md).\n",
    }
    files = [("files", (name, text.encode())) for name, text in pages.items()]
    client.post("/v1/documents", data={"knowledge_base": "shop"}, files=files)
    (found,) = client.get("/v1/insights/contradictions", params={"knowledge_base": "shop"}).json()["items"]
    assert {found["one"]["uri"], found["other"]["uri"]} == {"faq.md", "returns.md"}
    assert sorted(found["values"]) == [["14"], ["30"]]
    stale = client.get("/v1/insights/staleness", params={"knowledge_base": "shop"}).json()["items"]
    assert [(each["reason"], each["uri"], each["detail"]) for each in stale] == [
        ("expired", "offer.md", ""),
        ("broken_link", "offer.md", "terms.md"),
    ]


def test_the_command_line_does_the_same(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "returns.md").write_text(RETURNS, encoding="utf-8")
    (tmp_path / "kettle.txt").write_text(CHAT, encoding="utf-8")
    desk("ingest", str(tmp_path / "shop"), "--kb", "shop")
    desk("ingest", str(tmp_path / "kettle.txt"), "--kb", "talks")
    (proposal,) = desk.json("insights", "proposals", "mine", "--kb", "shop", "--talks", "talks")["items"]
    of = (proposal["id"], "--kb", "shop")
    assert desk.json("insights", "proposals", "edit", *of, "--question", ASKED[0])["state"] == "edited"
    assert "approved" in desk("insights", "proposals", "approve", *of).output
    golden = tmp_path / "golden.jsonl"
    golden.write_text('{"id": "1", "text": "How long may I return unused goods?", "answers": ["within 30 days"]}\n')
    published = desk.json("insights", "proposals", "publish", *of, "--golden", str(golden))
    assert len(published["effect"]["questions"]) == 2
    assert "Searchable after" in desk("insights", "proposals", "show", *of).output
    assert desk.json("insights", "proposals", "rollback", *of)["state"] == "rolled_back"
    assert desk.json("insights", "proposals", "list", "--kb", "shop", "--state", "approved")["items"] == []
    assert desk("insights", "proposals", "reject", *of, "--reason", "no").exit_code == 2
    assert desk.json("insights", "contradictions", "--kb", "shop")["items"] == []
    assert "returns.md" not in desk("insights", "staleness", "--kb", "shop", "--days", "0").output
    golden.write_text("no golden question\n")
    assert desk("insights", "proposals", "publish", *of, "--golden", str(golden)).exit_code == 2
