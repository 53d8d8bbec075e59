"""Domain values from rows and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from engine.domain.knowledge import Chunk, Document, DocumentKind, Fingerprint, Region, Span
from engine.errors import InvalidInput

__all__ = ["chunk_of", "chunk_rows", "document_of", "region_of", "region_rows", "version_row"]

Values = dict[str, object]
AnyRow = Row[Any]


def document_of(row: AnyRow) -> Document:
    """Return the document that a row of `engine.persistence.statements.ALL_VERSIONS` holds."""
    kept = row._mapping
    return Document(
        id=kept["document_id"],
        knowledge_base=kept["knowledge_base"],
        source=kept["source"],
        uri=kept["uri"],
        title=kept["title"],
        kind=DocumentKind(kept["kind"]),
        language=kept["language"],
        version=kept["version"],
        content_hash=kept["content_hash"],
        tags=tuple(kept["tags"]),
        effective_from=kept["effective_from"],
        effective_until=kept["effective_until"],
        metadata=kept["metadata"],
        chunk_count=kept["chunk_count"],
        updated_at=kept["updated_at"],
        container=kept["container"],
        replaces=kept["replaces"],
        edited=tuple(kept["edited"]),
    )


def version_row(document: Document, chunk_count: int, fingerprint: Fingerprint | None) -> Values:
    """Return the row of a version that is not activated yet."""
    return {
        "document_id": document.id,
        "version": document.version,
        "activated": False,
        "source": document.source,
        "uri": document.uri,
        "title": document.title,
        "kind": document.kind.value,
        "language": document.language,
        "content_hash": document.content_hash,
        "tags": list(document.tags),
        "effective_from": document.effective_from,
        "effective_until": document.effective_until,
        "metadata": document.metadata,
        "chunk_count": chunk_count,
        "updated_at": document.updated_at,
        "replaces": document.replaces,
        "edited": list(document.edited),
        "text_hash": fingerprint.text_hash if fingerprint else "",
        "sketch": fingerprint.sketch if fingerprint else None,
    }


def chunk_of(row: AnyRow, text: str) -> Chunk:
    """Return the chunk that a row of the table `chunks` holds, given the version's text."""
    span = Span(row.start, row.end)
    return Chunk(row.id, row.document_id, row.ordinal, span, span.of(text), tuple(row.section), row.page, row.language)


def chunk_rows(document: Document, text: str, chunks: Sequence[Chunk]) -> list[Values]:
    """Return the rows of a version's chunks; InvalidInput if one's text is not the stored text at its span."""
    if any(chunk.span.of(text) != chunk.text or chunk.span.end > len(text) for chunk in chunks):
        raise InvalidInput(
            f"Chunks of document {document.id} do not match its text.", remedy="Cut them from the text that is stored."
        )
    return [
        {
            "document_id": document.id,
            "version": document.version,
            "ordinal": chunk.ordinal,
            "id": chunk.id,
            "start": chunk.span.start,
            "end": chunk.span.end,
            "section": list(chunk.section),
            "page": chunk.page,
            "language": chunk.language,
        }
        for chunk in chunks
    ]


def region_of(row: AnyRow) -> Region:
    """Return the region that a row of the table `regions` holds."""
    box = (row.left, row.top, row.right, row.bottom)
    return Region(Span(row.start, row.end), row.page, box, row.confidence)


def region_rows(document: Document, regions: Sequence[Region]) -> list[Values]:
    """Return the rows of a version's regions."""
    return [
        {
            "document_id": document.id,
            "version": document.version,
            "ordinal": ordinal,
            "start": region.span.start,
            "end": region.span.end,
            "page": region.page,
            **dict(zip(("left", "top", "right", "bottom"), region.box, strict=True)),
            "confidence": region.confidence,
        }
        for ordinal, region in enumerate(regions)
    ]
