from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.mcp.documents import document_text, document_uri, documents_page
from engine.domain.knowledge import KnowledgeBase
from engine.errors import InvalidInput, NotFound
from engine.persistence.knowledge import SqlKnowledgeRepository
from tests.fakes.repositories import database, document, publish


@pytest.fixture
def knowledge() -> Iterator[SqlKnowledgeRepository]:
    with database() as engine:
        made = SqlKnowledgeRepository(engine)
        for name in ("a", "b", "c"):
            made.add_knowledge_base(KnowledgeBase(name))
        for name, owner in (("a1", "a"), ("a2", "a"), ("c1", "c"), ("c2", "c"), ("c3", "c")):
            publish(made, name, knowledge_base=owner)
        yield made


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6])
def test_pages_hold_every_document_once_in_order(knowledge: SqlKnowledgeRepository, limit: int) -> None:
    found, cursor = list[str](), ""
    for _ in range(5):
        page = documents_page(knowledge, cursor, limit=limit)
        assert len(page.documents) <= limit
        found += [each.id for each in page.documents]
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    assert found == ["a1", "a2", "c1", "c2", "c3"]
    assert page.next_cursor is None


def test_a_cursor_of_a_knowledge_base_that_is_gone_is_refused(knowledge: SqlKnowledgeRepository) -> None:
    with pytest.raises(NotFound, match="from the beginning"):
        documents_page(knowledge, "gone/a1")


def test_the_newest_text_or_that_of_a_version_is_read(knowledge: SqlKnowledgeRepository) -> None:
    publish(knowledge, "a1", "Newer text.", knowledge_base="a", version=2, ends=(5, 11))
    assert document_text(knowledge, document_uri(document("a1"))).text == "Newer text."
    assert document_text(knowledge, "knowdesk://documents/a1/versions/1").text == "Some text."


@pytest.mark.parametrize(
    "uri", ["", "knowdesk://documents/", "knowdesk://documents/a1/versions/x", "http://a1", "knowdesk://documents/a1/x"]
)
def test_other_addresses_are_refused(knowledge: SqlKnowledgeRepository, uri: str) -> None:
    with pytest.raises(InvalidInput, match="not the address of a document"):
        document_text(knowledge, uri)


@pytest.mark.parametrize("uri", ["knowdesk://documents/nobody", "knowdesk://documents/a1/versions/7"])
def test_what_is_not_there_is_not_found(knowledge: SqlKnowledgeRepository, uri: str) -> None:
    with pytest.raises(NotFound):
        document_text(knowledge, uri)
