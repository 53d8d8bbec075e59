"""FAQ entries written over HTTP: answered at once, changed, kept as text."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

FAQS = "/v1/faqs"
ENTRY = {
    "question": "Do you engrave kettles?",
    "answer": "Yes, up to 20 letters.\n\nIt takes a day.",
    "tags": ["gifts"],
}


@pytest.fixture(name="client")
def opened(empty_client: TestClient) -> TestClient:
    empty_client.post("/v1/knowledge-bases", json={"name": "kb"})
    return empty_client


def add(client: TestClient, status: int = 201, **said: object) -> dict[str, Any]:
    made = client.post(FAQS, json={"knowledge_base": "kb", **ENTRY, **said})
    assert made.status_code == status, made.text
    found: dict[str, Any] = made.json()
    return found


def listed(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(FAQS, params={"knowledge_base": "kb"}).json()["items"]
    return found


def test_an_entry_is_a_document_named_after_its_question(client: TestClient) -> None:
    made = add(client)
    assert (made["title"], made["kind"], made["tags"], made["version"]) == (ENTRY["question"], "faq", ["gifts"], 1)
    (entry,) = listed(client)
    assert (entry["question"], entry["answer"], entry["category"]) == (ENTRY["question"], ENTRY["answer"], "gifts")
    asked = client.post("/v1/answer", json={"knowledge_base": "kb", "question": ENTRY["question"]}).json()
    assert "20 letters" in asked["answer"]["text"]
    assert asked["citations"][0]["title"] == ENTRY["question"]


def test_changing_an_entry_makes_a_version_and_keeps_its_id(client: TestClient) -> None:
    made = add(client)
    said = {"question": "Is engraving possible?", "answer": "Yes, up to 30 letters.", "tags": []}
    changed = client.put(f"{FAQS}/{made['id']}", json=said).json()
    assert (changed["id"], changed["version"], changed["title"]) == (made["id"], 2, said["question"])
    (entry,) = listed(client)
    assert (entry["question"], entry["answer"]) == (said["question"], said["answer"])
    assert client.post(f"/v1/documents/{made['id']}/rollback", json={"version": 1}).status_code == 200
    assert listed(client)[0]["answer"] == ENTRY["answer"]


def test_a_change_of_what_was_not_seen_is_refused(client: TestClient) -> None:
    made = add(client)
    stale = {"If-Match": '"7"'}
    assert client.put(f"{FAQS}/{made['id']}", json={**ENTRY}, headers=stale).status_code == 412


def test_a_question_has_one_entry(client: TestClient) -> None:
    made = add(client)
    assert made["id"] in add(client, 409, question="DO YOU engrave  kettles?")["remedy"]
    client.delete(f"/v1/documents/{made['id']}")
    add(client)


@pytest.mark.parametrize("text", ["# So\n- it <b>is</b> **bold**", "<script>x()</script> y", "---\ntitle: z\n---\nz"])
def test_nothing_is_taken_for_markup(client: TestClient, text: str) -> None:
    made = add(client, answer=text)
    stored = client.get(f"/v1/documents/{made['id']}/text").json()["text"]
    assert all(line in stored for line in text.split("\n"))


@pytest.mark.parametrize("field", ["question", "answer"])
@pytest.mark.parametrize("text", ["", " \n ", "?!"])
def test_an_entry_says_something(client: TestClient, field: str, text: str) -> None:
    assert add(client, 422, **{field: text})["errors"][0]["field"] == field


def test_only_entries_are_changed_so(client: TestClient) -> None:
    files = [("files", ("page.md", b"# Page\n\nIt is so."))]
    client.post("/v1/documents", data={"knowledge_base": "kb"}, files=files)
    (page,) = client.get("/v1/documents", params={"knowledge_base": "kb"}).json()["items"]
    refused = client.put(f"{FAQS}/{page['id']}", json=ENTRY)
    assert (refused.status_code, refused.json()["remedy"]) == (409, "Change the file that it came from.")
    assert client.put(f"{FAQS}/none", json=ENTRY).status_code == 404
    assert client.post(FAQS, json={"knowledge_base": "none", **ENTRY}).status_code == 404
