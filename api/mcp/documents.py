"""Documents as resources: a page of a list, and the stored text that citations refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.domain.knowledge import Document, StoredText
from engine.errors import InvalidInput, NotFound
from engine.ports import KnowledgeRepository

__all__ = ["TEMPLATES", "Page", "document_text", "document_uri", "documents_page"]

TEMPLATES: Final = {
    "document": ("knowdesk://documents/{id}", "Text of a document, as of its newest version."),
    "version": (
        "knowdesk://documents/{id}/versions/{version}",
        "Text of one version of a document; at the span of a citation stands its quote.",
    ),
}
PAGE: Final = 100
_URI: Final = re.compile(r"knowdesk://documents/([^/\s]{1,200})(?:/versions/([1-9]\d{0,8}))?")


@dataclass(frozen=True, slots=True)
class Page:
    """Some documents and where the next page begins, None after the last."""

    documents: tuple[Document, ...]
    next_cursor: str | None


def document_uri(document: Document) -> str:
    """Return the address of a document's newest text."""
    return f"knowdesk://documents/{document.id}"


def documents_page(knowledge: KnowledgeRepository, cursor: str = "", *, limit: int = PAGE) -> Page:
    """List the documents of all knowledge bases, by knowledge base and uri, from a `cursor` of an earlier page on."""
    found: list[Document] = []
    for document in _after(knowledge, cursor, limit + 1):
        found.append(document)
        if len(found) > limit:
            last = found[limit - 1]
            return Page(tuple(found[:limit]), f"{last.knowledge_base}/{last.id}")
    return Page(tuple(found), None)


def document_text(knowledge: KnowledgeRepository, uri: str) -> StoredText:
    """Return the text that a resource's address names; NotFound if there is none, InvalidInput for another address."""
    named = _URI.fullmatch(uri)
    if not named:
        raise InvalidInput(
            "That is not the address of a document.", remedy=f"Use {' or '.join(uri for uri, _ in TEMPLATES.values())}."
        )
    document_id, version = named.groups()
    return knowledge.stored_text(document_id, int(version) if version else knowledge.document(document_id).version)


def _after(knowledge: KnowledgeRepository, cursor: str, wanted: int) -> Iterator[Document]:
    name, _, document_id = cursor.partition("/")
    names = [each.name for each in knowledge.knowledge_bases()]
    if cursor and name not in names:
        raise NotFound("The cursor is of no page that is left.", remedy="List the resources from the beginning.")
    for each in names[names.index(name) :] if cursor else names:
        yield from knowledge.documents(each, after=document_id if each == name else "", limit=wanted)
