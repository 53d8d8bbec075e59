"""Lists page by page: together the pages are the whole, whatever the size and whatever the filter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.assembly import build_engine
from engine.domain.knowledge import DocumentKind
from engine.service import Engine
from engine.settings import load_settings
from tests.fakes.embedding import HashEmbedder
from tests.fakes.repositories import document

Json = dict[str, Any]
COUNT = 23
KINDS = tuple(DocumentKind)[:3]
LISTS = {
    "documents": ("/v1/documents", {"knowledge_base": "kb"}),
    "feedback": ("/v1/feedback", {"knowledge_base": "shop"}),
    "jobs": ("/v1/jobs", {"knowledge_base": "kb"}),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client of many documents, feedbacks and jobs."""
    folder = tmp_path_factory.mktemp("pages") / "data"
    settings = load_settings(data_dir=folder, parse_workers=0, intent_encoder="bundled")
    engine = build_engine(settings, embedder=HashEmbedder())
    for name in ("kb", "shop"):
        engine.create_knowledge_base(name)
    _add_documents(engine)
    with TestClient(create_app(settings, engine=engine)) as client:
        body = {"knowledge_base": "shop", "question": "How long is the warranty?"}
        conversation = client.post("/v1/answer", json=body).json()["conversation_id"]
        for at in range(COUNT):
            given = {"conversation_id": conversation, "csat": at % 5 + 1, "id": f"f{at:02}"}
            assert client.post("/v1/feedback", json=given).status_code == 200
        for _ in range(4):
            client.post("/v1/jobs", json={"knowledge_base": "kb", "reindex": True})
        yield client
    engine.close()


def _add_documents(engine: Engine) -> None:
    for at in range(COUNT):
        made = document(f"d{at:02}", uri=f"{'AbC'[at % 3]}/{at % 7}.md", source=f"s{at}", kind=KINDS[at % 3])
        engine.parts.knowledge.stage(made, "Text.", ())
        engine.parts.knowledge.activate(made.id, 1)


def page(client: TestClient, path: str, **params: Any) -> Json:
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    found: Json = response.json()
    found.pop("total", None)  # which lists of documents tell when they are asked for it
    assert set(found) == {"items", "next_cursor"}
    return found


def walked(client: TestClient, path: str, **params: Any) -> list[list[str]]:
    """Return the ids on each page, from the first to the last."""
    pages, cursor = list[list[str]](), dict[str, str]()
    while True:
        found = page(client, path, **params, **cursor)
        pages.append([item["id"] for item in found["items"]])
        if found["next_cursor"] is None:
            return pages
        assert found["next_cursor"] == pages[-1][-1]
        cursor = {"cursor": found["next_cursor"]}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("size", [1, 2, 5, 22, 23, 24, 200])
def test_pages_together_are_the_whole(filled: TestClient, name: str, size: int) -> None:
    path, query = LISTS[name]
    (whole,) = walked(filled, path, **query, limit=200)
    pages = walked(filled, path, **query, limit=size)
    assert [each for ids in pages for each in ids] == whole
    assert len(set(whole)) == len(whole) > 3
    assert all(len(ids) == size for ids in pages[:-1])
    assert pages[-1]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", ""])
def test_a_page_has_a_size(filled: TestClient, name: str, limit: str) -> None:
    path, query = LISTS[name]
    response = filled.get(path, params={**query, "limit": limit})
    assert response.status_code == 422
    assert [each["field"] for each in response.json()["errors"]] == ["limit"]


@pytest.mark.parametrize("name", LISTS)
def test_the_last_page_leads_nowhere_and_what_follows_it_is_empty(filled: TestClient, name: str) -> None:
    path, query = LISTS[name]
    last = walked(filled, path, **query, limit=2)[-1][-1]
    assert page(filled, path, **query, cursor=last) == {"items": [], "next_cursor": None}


@pytest.mark.parametrize("name", ["documents", "feedback"])
def test_a_cursor_of_nothing_is_told(filled: TestClient, name: str) -> None:
    path, query = LISTS[name]
    response = filled.get(path, params={**query, "cursor": "nothing"})
    assert response.status_code == 404
    assert response.json()["remedy"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [1, 3, 50])
def test_pages_of_a_filter_stay_within_it(filled: TestClient, kind: DocumentKind, size: int) -> None:
    pages = walked(filled, "/v1/documents", knowledge_base="kb", kind=kind.value, limit=size)
    found = [each for ids in pages for each in ids]
    expected = {f"d{at:02}" for at in range(COUNT) if KINDS[at % 3] == kind}
    assert set(found) == expected
    assert len(found) == len(expected)


def test_documents_come_by_uri_and_those_of_one_uri_by_id(filled: TestClient) -> None:
    items = page(filled, "/v1/documents", knowledge_base="kb", limit=200)["items"]
    keys = [(item["uri"], item["id"]) for item in items]
    assert keys == sorted(keys)


def test_feedback_comes_newest_first(filled: TestClient) -> None:
    items = page(filled, "/v1/feedback", knowledge_base="shop", limit=200)["items"]
    assert [item["id"] for item in items] == [f"f{at:02}" for at in reversed(range(COUNT))]
    moments = [item["created_at"] for item in items]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize("name", LISTS)
def test_other_knowledge_bases_are_not_in_it(filled: TestClient, name: str) -> None:
    path, query = LISTS[name]
    other = {"kb": "shop", "shop": "kb"}[query["knowledge_base"]]
    assert page(filled, path, knowledge_base=other) == {"items": [], "next_cursor": None}
