"""Where a stretch of text comes from."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Model, SpanOut
from engine.domain.knowledge import DocumentKind

__all__ = ["EvidenceOut"]


class EvidenceOut(Model):
    """A place in one version of a document."""

    document_id: str
    version: int
    title: str
    uri: str
    kind: DocumentKind
    language: str
    section: tuple[str, ...] = Field(description="Headings above the text, outermost first.")
    page: int | None = Field(description="Counted from 1; null where the format has no pages.")
    span: SpanOut = Field(description="Where the text stands; see `GET /v1/documents/{id}/text`.")
    score: float = Field(description="Orders the passages of one search.")
