"""Short ways to say a passage, a chunk record and a conversation."""

from __future__ import annotations

from collections.abc import Sequence

from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import Passage
from engine.ports import ChunkRecord, StoreHit

__all__ = ["asked", "hit", "passage", "quoted", "record"]


def passage(
    text: str,
    *,
    language: str = "en",
    title: str = "Maruvale help",
    section: Sequence[str] = (),
    start: int = 0,
    score: float = 10.0,
    document: str = "help",
    cosine: float | None = None,
    bm25: float | None = None,
    kind: DocumentKind = DocumentKind.PAGE,
) -> Passage:
    """Return a passage whose text begins at `start` of its document."""
    return Passage(
        chunk_id=f"{document}@{start}",
        document_id=document,
        version=1,
        title=title,
        uri=f"{document}.md",
        kind=kind,
        language=language,
        section=tuple(section),
        page=None,
        span=Span(start, start + len(text)),
        text=text,
        score=score,
        scores={name: value for name, value in (("dense", cosine), ("sparse", bm25)) if value is not None},
    )


def quoted(where: Passage, span: Span) -> str:
    """Return what stands at a span of the document that the passage is from."""
    return where.text[span.start - where.span.start : span.end - where.span.start]


def record(
    chunk_id: str, *, language: str = "en", text: str = "Text.", context: str = "", version: int = 1
) -> ChunkRecord:
    """Return a chunk record; its document is named like the part of `chunk_id` before "@"."""
    document = chunk_id.partition("@")[0]
    return ChunkRecord(
        chunk_id=chunk_id,
        document_id=document,
        version=version,
        ordinal=0,
        title=document.title(),
        uri=f"{document}.md",
        kind=DocumentKind.PAGE,
        language=language,
        span=Span(0, len(text)),
        text=text,
        context_id=context,
    )


def hit(chunk_id: str, score: float, *, language: str = "en", context: str = "") -> StoreHit:
    """Return a hit on a chunk record."""
    return StoreHit(record(chunk_id, language=language, context=context), score)


def asked(*texts: str) -> tuple[Turn, ...]:
    """Return a conversation of a customer's questions, each followed by an answer."""
    return tuple(
        turn for text in texts for turn in (Turn(Role.CUSTOMER, text), Turn(Role.ASSISTANT, "You will find it below."))
    )
