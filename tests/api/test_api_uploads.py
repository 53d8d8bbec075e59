from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.errors import BackendFailed
from engine.service import Engine
from engine.settings import Settings

KETTLE = ("kettle.md", b"# Kettle\n\nThe kettle boils water in three minutes.\n")
TOASTER = ("toaster.txt", b"The toaster has six levels.\n")
BROKEN = ("broken.pdf", b"%PDF-1.7 this is none")
EMPTY = ("empty.md", b"")
FIELDS = {"knowledge_base": "kb"}


@pytest.fixture(autouse=True)
def _knowledge_base(empty_client: TestClient) -> None:
    empty_client.post("/v1/knowledge-bases", json={"name": "kb"})


SHAPE = ["documents", "chunks", "embedded", "reused", "failures", "warnings", "duplicates", "seconds"]


def _upload(client: TestClient, *files: tuple[str, bytes]) -> dict[str, Any]:
    response = client.post("/v1/documents", data=FIELDS, files=[("files", file) for file in files])
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def _counts(**counts: int) -> dict[str, int]:
    return {"added": 0, "changed": 0, "unchanged": 0, "deleted": 0, "failed": 0, **counts}


def test_files_are_ingested_and_found(empty_client: TestClient) -> None:
    report = _upload(empty_client, KETTLE, TOASTER)
    assert list(report) == SHAPE
    assert report["documents"] == _counts(added=2)
    assert report["chunks"] >= 2
    assert report["failures"] == []
    found = empty_client.post("/v1/search", json={**FIELDS, "query": "how fast is the kettle"}).json()["passages"]
    assert found[0]["uri"] == "kettle.md"
    listed = empty_client.get("/v1/documents", params=FIELDS).json()["items"]
    assert {(item["uri"], item["source"]) for item in listed} == {("kettle.md", "upload"), ("toaster.txt", "upload")}


def test_the_same_again_changes_nothing_and_new_content_is_a_version(empty_client: TestClient) -> None:
    _upload(empty_client, KETTLE)
    assert _upload(empty_client, KETTLE)["documents"] == _counts(unchanged=1)
    assert _upload(empty_client, (KETTLE[0], KETTLE[1] + b"It is red.\n"))["documents"] == _counts(changed=1)


def test_an_upload_deletes_no_earlier_one(empty_client: TestClient) -> None:
    _upload(empty_client, KETTLE)
    assert _upload(empty_client, TOASTER)["documents"] == _counts(added=1)
    assert len(empty_client.get("/v1/documents", params=FIELDS).json()["items"]) == 2


def test_bad_files_are_named_and_stop_nothing(empty_client: TestClient) -> None:
    report = _upload(empty_client, BROKEN, KETTLE, EMPTY)
    assert report["documents"] == _counts(added=1, failed=2)
    assert {failure["uri"] for failure in report["failures"]} == {"broken.pdf", "empty.md"}
    assert all(failure["error"] and failure["remedy"] for failure in report["failures"])


def test_the_same_name_twice_in_one_upload_is_a_failure(empty_client: TestClient) -> None:
    report = _upload(empty_client, KETTLE, (KETTLE[0], b"# Another\n\nText.\n"))
    assert report["documents"] == _counts(added=1, failed=1)


def test_names_do_not_lead_out_of_the_source(empty_client: TestClient) -> None:
    _upload(empty_client, ("../../outside.md", KETTLE[1]))
    assert empty_client.get("/v1/documents", params=FIELDS).json()["items"][0]["uri"] == "outside.md"


def test_an_unknown_knowledge_base_is_not_made(empty_client: TestClient) -> None:
    response = empty_client.post("/v1/documents", data={"knowledge_base": "other"}, files=[("files", KETTLE)])
    assert response.status_code == 404
    assert response.json()["remedy"]
    assert [item["name"] for item in empty_client.get("/v1/knowledge-bases").json()["items"]] == ["kb"]


def test_what_an_upload_needs(empty_client: TestClient) -> None:
    for response in (
        empty_client.post("/v1/documents", files=[("files", KETTLE)]),
        empty_client.post("/v1/documents", data=FIELDS),
        empty_client.post("/v1/documents", data={**FIELDS, "files": "no file"}),
        empty_client.post("/v1/documents", json=FIELDS),
    ):
        assert response.status_code == 422
        assert response.json()["errors"]


@pytest.mark.parametrize("body", [b"", b"--x\r\n", b"no multipart at all"])
def test_broken_multipart_is_malformed(empty_client: TestClient, body: bytes) -> None:
    response = empty_client.post(
        "/v1/documents", content=body, headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"


def test_multipart_without_a_boundary_is_malformed(empty_client: TestClient) -> None:
    response = empty_client.post("/v1/documents", content=b"x", headers={"content-type": "multipart/form-data"})
    assert response.status_code == 400
    assert response.json()["type"] == "/problems/malformed-request"


def test_large_files_fail_alone_and_larger_uploads_as_a_whole(engine: Engine, settings: Settings) -> None:
    with TestClient(create_app(settings.model_copy(update={"max_file_mb": 0.001}), engine=engine)) as client:
        report = _upload(client, ("large.txt", b"words " * 300), TOASTER)
        assert report["documents"] == _counts(added=1, failed=1)
        assert report["failures"][0]["uri"] == "large.txt"
        response = client.post("/v1/documents", data=FIELDS, files=[("files", ("huge.txt", b"words " * 1000))])
        assert response.status_code == 413
        assert response.json()["type"] == "/problems/too-large"


def test_a_store_that_fails_is_a_problem(
    empty_client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise BackendFailed("The store is away.", remedy="Wait.")

    monkeypatch.setattr(engine.parts.store, "upsert", fails)
    response = empty_client.post("/v1/documents", data=FIELDS, files=[("files", KETTLE)])
    assert response.status_code == 503
    monkeypatch.undo()
    assert _upload(empty_client, KETTLE)["documents"] == _counts(added=1)
