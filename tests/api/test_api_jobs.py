from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.domain.knowledge import ParsedDocument
from engine.service import Engine
from engine.settings import Settings
from ingestion.parsing import Limits, parse
from ingestion.workers.pool import NoPool
from tests.api.world import ENDED
from tests.waiting import until

KB = {"knowledge_base": "kb"}


class _Gate:
    """Parses when it is open."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.event.set()

    def __call__(self, data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        self.event.wait(5)
        return parse(data, name=name, limits=limits)


@pytest.fixture
def gate() -> Iterator[_Gate]:
    made = _Gate()
    yield made
    made.event.set()


@pytest.fixture
def desk_client(engine: Engine, settings: Settings, gate: _Gate) -> Iterator[TestClient]:
    with TestClient(create_app(settings, engine=engine, pool=NoPool(gate))) as client:
        client.post("/v1/knowledge-bases", json={"name": "kb"})
        yield client
        gate.event.set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "allowed" / "manuals"
    made.mkdir(parents=True)
    for number in range(3):
        (made / f"{number}.md").write_text(f"# Manual {number}\n\nThe kettle of model {number} boils water.\n")
    return made


def _submit(client: TestClient, folder: Path, **more: object) -> dict[str, Any]:
    body = {**KB, "sources": [{"kind": "folder", "location": str(folder), **more}]}
    response = client.post("/v1/jobs", json=body)
    assert response.status_code == 202, response.text
    found: dict[str, Any] = response.json()
    return found


def _ended(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    path = f"/v1/jobs/{job['id']}"
    ended: dict[str, Any] = until(lambda: client.get(path).json(), lambda found: found["state"] in ENDED)
    return ended


def test_a_folder_is_ingested_by_a_job(desk_client: TestClient, folder: Path) -> None:
    job = _submit(desk_client, folder, tags=["manuals"], document_kind="manual")
    assert job["state"] in ("queued", "running")
    ended = _ended(desk_client, job)
    assert ended["state"] == "done"
    assert ended["report"]["documents"]["added"] == 3
    assert ended["progress"]["files"] == ended["progress"]["files_total"] == 3
    assert (ended["error"], ended["remedy"]) == ("", "")
    listed = desk_client.get("/v1/documents", params=KB).json()["items"]
    assert {(item["kind"], *item["tags"]) for item in listed} == {("manual", "manuals")}


def test_failures_are_named_and_tried_again(desk_client: TestClient, folder: Path) -> None:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 this is none")
    ended = _ended(desk_client, _submit(desk_client, folder))
    assert ended["state"] == "done_with_failures"
    assert [failure["uri"] for failure in ended["report"]["failures"]] == ["bad.pdf"]
    assert ended["report"]["failures"][0]["remedy"]
    (folder / "bad.pdf").unlink()
    (folder / "bad.pdf").write_text("It is text now.")
    response = desk_client.post(f"/v1/jobs/{ended['id']}/retry")
    assert response.status_code == 202
    again = _ended(desk_client, response.json())
    assert (again["state"], again["retry_of"]) == ("done", ended["id"])
    assert desk_client.post(f"/v1/jobs/{again['id']}/retry").status_code == 409


def test_an_upload_that_is_not_waited_for_is_a_job(desk_client: TestClient) -> None:
    files = [("files", ("a.md", b"# A\n\nThe toaster has six levels.\n")), ("files", ("b.md", b""))]
    response = desk_client.post("/v1/documents", data={**KB, "wait": "false"}, files=files)
    assert response.status_code == 202
    ended = _ended(desk_client, response.json())
    assert ended["sources"][0]["kind"] == "upload"
    assert (ended["report"]["documents"]["added"], ended["report"]["documents"]["failed"]) == (1, 1)
    found = desk_client.post("/v1/search", json={**KB, "query": "toaster levels"}).json()["passages"]
    assert found[0]["uri"] == "a.md"


def test_a_large_upload_is_a_job_unless_it_is_waited_for(desk_client: TestClient) -> None:
    large = [("files", ("a.txt", b"The kettle boils.\n" + b" " * 10_000_000))]
    assert desk_client.post("/v1/documents", data=KB, files=large).status_code == 202
    waited = desk_client.post("/v1/documents", data={**KB, "wait": "true"}, files=large)
    assert waited.status_code == 200
    assert waited.json()["documents"]["failed"] == 0


def test_what_a_knowledge_base_holds_is_indexed_anew(desk_client: TestClient, folder: Path) -> None:
    before = _ended(desk_client, _submit(desk_client, folder))
    response = desk_client.post("/v1/jobs", json={**KB, "reindex": True})
    ended = _ended(desk_client, response.json())
    assert ended["state"] == "done"
    assert ended["report"]["chunks"] == before["report"]["chunks"] == 3
    assert desk_client.post("/v1/search", json={**KB, "query": "kettle"}).json()["passages"]


def test_jobs_are_listed_by_state_and_page(desk_client: TestClient, folder: Path) -> None:
    ids = [_ended(desk_client, _submit(desk_client, folder))["id"] for _ in range(3)]
    first = desk_client.get("/v1/jobs", params={"limit": 2}).json()
    assert [item["id"] for item in first["items"]] == ids[:0:-1]
    second = desk_client.get("/v1/jobs", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [item["id"] for item in second["items"]] == ids[:1]
    assert second["next_cursor"] is None
    done = desk_client.get("/v1/jobs", params={"state": ["done", "failed"], **KB}).json()["items"]
    assert len(done) == 3
    assert desk_client.get("/v1/jobs", params={"state": "running"}).json()["items"] == []
    assert desk_client.get("/v1/jobs", params={"knowledge_base": "other"}).json()["items"] == []
    assert desk_client.get("/v1/jobs", params={"state": "asleep"}).status_code == 422


def test_a_job_is_cancelled_within_two_seconds(desk_client: TestClient, folder: Path, gate: _Gate) -> None:
    gate.event.clear()
    job, waiting = _submit(desk_client, folder), _submit(desk_client, folder)
    threading.Timer(0.3, gate.event.set).start()
    began = time.monotonic()
    for each in (job, waiting):
        assert desk_client.post(f"/v1/jobs/{each['id']}/cancel").json()["state"] == "cancelled"
    assert time.monotonic() - began < 2
    assert desk_client.post(f"/v1/jobs/{job['id']}/cancel").status_code == 409


def _events(text: str) -> list[tuple[str, str, dict[str, Any]]]:
    found = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and not line.startswith(":"))
        if "event" in fields:
            found.append((fields["event"], fields.get("id", ""), json.loads(fields["data"])))
    return found


def test_a_job_is_followed_to_its_end(desk_client: TestClient, folder: Path, gate: _Gate) -> None:
    gate.event.clear()
    job = _submit(desk_client, folder)
    threading.Timer(1.5, gate.event.set).start()
    response = desk_client.get(f"/v1/jobs/{job['id']}/events")
    assert response.headers["content-type"].startswith("text/event-stream")
    events = _events(response.text)
    assert [name for name, _, _ in events[:-1]] == ["progress"] * (len(events) - 1)
    assert events[-1][0] == "done"
    assert events[-1][2] == desk_client.get(f"/v1/jobs/{job['id']}").json()
    assert len({key for _, key, _ in events}) == len(events) >= 2


def test_who_connects_again_gets_the_present_state(desk_client: TestClient, folder: Path) -> None:
    job = _ended(desk_client, _submit(desk_client, folder))
    (event,) = _events(desk_client.get(f"/v1/jobs/{job['id']}/events").text)
    again = desk_client.get(f"/v1/jobs/{job['id']}/events", headers={"last-event-id": event[1]})
    assert _events(again.text) == [event]


@pytest.mark.parametrize(
    "call", ["GET /v1/jobs/x", "GET /v1/jobs/x/events", "POST /v1/jobs/x/cancel", "POST /v1/jobs/x/retry"]
)
def test_a_job_that_is_not_there(desk_client: TestClient, call: str) -> None:
    method, path = call.split()
    response = desk_client.request(method, path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["remedy"]


@pytest.mark.parametrize(
    "body",
    [
        KB,
        {**KB, "reindex": True, "sources": [{"kind": "url", "location": "https://a.example/"}]},
        {**KB, "sources": [{"kind": "moon", "location": "x"}]},
        {**KB, "sources": [{"kind": "folder", "location": "/etc"}]},
        {**KB, "sources": [{"kind": "url", "location": "file:///etc/passwd"}]},
        {**KB, "sources": [{"kind": "storage", "location": "file:///etc"}]},
    ],
)
def test_jobs_that_are_refused(desk_client: TestClient, body: dict[str, object]) -> None:
    response = desk_client.post("/v1/jobs", json=body)
    assert response.status_code == 422, response.text
    assert response.json()["remedy"]
    assert desk_client.get("/v1/jobs").json()["items"] == []


def test_a_job_needs_a_knowledge_base_that_is_there(desk_client: TestClient) -> None:
    response = desk_client.post("/v1/jobs", json={"knowledge_base": "other", "reindex": True})
    assert response.status_code == 404


def test_a_server_that_is_started_again_goes_on(engine: Engine, settings: Settings, folder: Path, gate: _Gate) -> None:
    with TestClient(create_app(settings, engine=engine, pool=NoPool(gate))) as client:
        client.post("/v1/knowledge-bases", json={"name": "kb"})
        gate.event.clear()
        job = _submit(client, folder)
        while client.get(f"/v1/jobs/{job['id']}").json()["progress"]["phase"] != "parsing":
            time.sleep(0.02)
        threading.Timer(0.3, gate.event.set).start()
    with TestClient(create_app(settings, engine=engine, pool=NoPool(gate))) as client:
        assert _ended(client, job)["state"] == "done"
