"""A new version of a document in which a stretch of text says something else."""

from __future__ import annotations

from dataclasses import replace

from engine.domain.knowledge import Chunk, Region, Span
from engine.errors import Conflict
from ingestion.preparing import stored
from ingestion.quarantine import reflagged
from ingestion.target import IngestTarget
from ingestion.versions.revising import Revision, published

__all__ = ["rewrite"]


def rewrite(target: IngestTarget, document_id: str, span: Span, *, quote: str, text: str) -> Revision:
    """Make a new version of a document with `text` in place of `quote`, which stands at `span`; it corrects the newest.

    As after going back, the file that the newest version came from counts as seen. Raises NotFound for a document that
    is not there, Conflict if the newest version says something else at that place.
    """
    head = target.knowledge.document(document_id)
    known = stored(target.knowledge, head)
    holding = [chunk for chunk in known.chunks if chunk.span.start <= span.start and span.end <= chunk.span.end]
    if span.of(known.text) != quote or not holding:
        raise Conflict(
            f"Document {document_id} has changed at that place.",
            remedy="Read it again; a proposal has to be mined again.",
        )
    whole = _spliced(known.text, span, text)
    chunks = tuple(_chunk(chunk, span, text) for chunk in known.chunks)
    rewritten = replace(
        known,
        document=replace(head, replaces=head.version, metadata=reflagged(head, whole, chunks)),
        text=whole,
        chunks=chunks,
        regions=tuple(_region(region, span, text) for region in known.regions if not _touches(region.span, span)),
    )
    return published(target, rewritten)


def _spliced(whole: str, span: Span, text: str) -> str:
    return f"{whole[: span.start]}{text}{whole[span.end :]}"


def _chunk(chunk: Chunk, span: Span, text: str) -> Chunk:
    moved = _moved(chunk.span, span, text)
    if not _touches(chunk.span, span):
        return replace(chunk, span=moved)
    inside = Span(max(0, span.start - chunk.span.start), span.end - chunk.span.start)
    return replace(chunk, span=moved, text=_spliced(chunk.text, inside, text))


def _region(region: Region, span: Span, text: str) -> Region:
    return replace(region, span=_moved(region.span, span, text))


def _moved(where: Span, span: Span, text: str) -> Span:
    longer = len(text) - len(span)
    start = where.start + longer if where.start >= span.end else where.start
    return Span(start, where.end + longer if where.end >= span.end else where.end)


def _touches(where: Span, span: Span) -> bool:
    return where.start < span.end and span.start < where.end
