"""Entity tags of documents, and calls that will go."""

from __future__ import annotations

from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.serving.deprecating import deprecated


@pytest.fixture(name="id")
def uploaded(empty_client: TestClient) -> str:
    empty_client.post("/v1/knowledge-bases", json={"name": "kb"})
    files = [("files", ("a.md", b"# Kettle\n\nThe kettle boils water.\n", "text/markdown"))]
    empty_client.post("/v1/documents", data={"knowledge_base": "kb"}, files=files)
    listed = empty_client.get("/v1/documents", params={"knowledge_base": "kb"}).json()["items"]
    return str(listed[0]["id"])


@pytest.mark.parametrize("part", ["", "/text"])
def test_what_the_client_has_is_not_sent_again(empty_client: TestClient, id: str, part: str) -> None:
    first = empty_client.get(f"/v1/documents/{id}{part}")
    tag = first.headers["ETag"]
    for given in (tag, f'"x", W/{tag}', "*"):
        again = empty_client.get(f"/v1/documents/{id}{part}", headers={"If-None-Match": given})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    other = empty_client.get(f"/v1/documents/{id}{part}", headers={"If-None-Match": '"1.0"'})
    assert (other.status_code, other.json()) == (200, first.json())


def test_an_edit_of_what_was_read_is_made_and_changes_the_tag(empty_client: TestClient, id: str) -> None:
    tag = empty_client.get(f"/v1/documents/{id}").headers["ETag"]
    edited = empty_client.patch(f"/v1/documents/{id}", json={"tags": ["hot"]}, headers={"If-Match": tag})
    assert edited.status_code == 200
    assert empty_client.get(f"/v1/documents/{id}", headers={"If-None-Match": tag}).status_code == 200


def test_no_edit_is_lost_that_was_made_meanwhile(empty_client: TestClient, id: str) -> None:
    tag = empty_client.get(f"/v1/documents/{id}").headers["ETag"]
    empty_client.patch(f"/v1/documents/{id}", json={"tags": ["theirs"]})
    stale = {"If-Match": tag}
    refused = [
        empty_client.patch(f"/v1/documents/{id}", json={"tags": ["mine"]}, headers=stale),
        empty_client.post(f"/v1/documents/{id}/rollback", json={"version": 1}, headers=stale),
        empty_client.delete(f"/v1/documents/{id}", headers=stale),
    ]
    assert [reply.status_code for reply in refused] == [412] * 3
    assert {reply.json()["type"] for reply in refused} == {"/problems/precondition-failed"}
    assert empty_client.get(f"/v1/documents/{id}").json()["tags"] == ["theirs"]
    assert empty_client.delete(f"/v1/documents/{id}", headers={"If-Match": "*"}).status_code == 204


def test_a_call_that_will_go_says_so() -> None:
    app = FastAPI()
    gone = deprecated(since=date(2026, 1, 1), sunset=date(2026, 12, 31), successor="/v2/answer")

    @app.get("/v1/answer", dependencies=[gone], deprecated=True)
    async def answer() -> dict[str, str]:
        return {}

    headers = TestClient(app).get("/v1/answer").headers
    assert headers["Deprecation"] == "@1767225600"
    assert headers["Sunset"] == "Thu, 31 Dec 2026 00:00:00 GMT"
    assert headers["Link"] == '</v2/answer>; rel="successor-version"'


def test_a_call_stays_for_half_a_year() -> None:
    with pytest.raises(ValueError, match="half a year"):
        deprecated(since=date(2026, 1, 1), sunset=date(2026, 6, 1), successor="/v2")
