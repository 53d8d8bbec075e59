"""Documents and their stored texts."""

from __future__ import annotations

from datetime import date

from pydantic import ConfigDict, Field

from api.schemas.base import Identifier, KnowledgeBaseName, Model
from api.schemas.examples import DOCUMENT
from engine.domain.knowledge import DocumentKind

__all__ = ["DocumentOut", "DocumentPageOut", "DocumentTextOut", "DocumentsQuery"]

MAX_LIMIT = 200


class DocumentsQuery(Model):
    """Which documents to list."""

    knowledge_base: KnowledgeBaseName
    limit: int = Field(default=50, ge=1, le=MAX_LIMIT, description="At most this many on a page.")
    cursor: Identifier | None = Field(default=None, description="`next_cursor` of the page before.")


class DocumentOut(Model):
    """A document and its current version."""

    id: str
    knowledge_base: str
    source: str
    uri: str
    title: str
    kind: DocumentKind
    language: str = Field(description="BCP 47 tag.")
    version: int
    content_hash: str
    tags: tuple[str, ...]
    effective_from: date | None
    effective_until: date | None = Field(description="The last day on which the document holds.")
    metadata: dict[str, str]
    chunk_count: int
    updated_at: str

    model_config = ConfigDict(json_schema_extra={"examples": [DOCUMENT]})


class DocumentPageOut(Model):
    """One page of documents, ordered by uri."""

    items: tuple[DocumentOut, ...]
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [DOCUMENT], "next_cursor": None}]})


class DocumentTextOut(Model):
    """The text of a document version, to which all spans refer."""

    document_id: str
    version: int
    text: str

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"document_id": DOCUMENT["id"], "version": 1, "text": "Returns policy\n\nYou may return …"}]
        }
    )
