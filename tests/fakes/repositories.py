"""A database to test with, and short ways to say a document and its chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from engine.domain.exchange import CitedPlace, Exchange
from engine.domain.knowledge import Chunk, Document, DocumentKind, Span, stable_id
from engine.persistence.database import open_database
from engine.ports import KnowledgeRepository
from tests.fakes.stores import folder

__all__ = ["chunked", "database", "document", "exchange", "publish"]


@contextmanager
def database() -> Iterator[Engine]:
    """Give a new database."""
    with folder() as path:
        engine = open_database(f"sqlite:///{path / 'knowdesk.db'}")
        yield engine
        engine.dispose()


def document(name: str, *, knowledge_base: str = "kb", version: int = 1, **fields: object) -> Document:
    """Return a document with the id `name`; `fields` replace its others."""
    plain = Document(
        id=name,
        knowledge_base=knowledge_base,
        source="folder",
        uri=f"{name}.md",
        title=name.title(),
        kind=DocumentKind.PAGE,
        language="en",
        version=version,
        content_hash=f"{name}{version}",
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def chunked(document_id: str, text: str, *ends: int) -> tuple[Chunk, ...]:
    """Return chunks of `text` that end at the given offsets, each beginning where the one before ended."""
    starts = (0, *ends)[:-1]
    return tuple(
        Chunk(stable_id(document_id, f"{n}"), document_id, n, Span(start, end), text[start:end], language="en")
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


def publish(
    repository: KnowledgeRepository,
    name: str,
    text: str = "Some text.",
    *,
    ends: Sequence[int] = (4, 10),
    **fields: object,
) -> Document:
    """Stage and activate a document; return it as it was given, with its count of chunks."""
    fresh = document(name, **fields)  # type: ignore[arg-type]
    repository.stage(fresh, text, chunked(name, text, *ends))
    repository.activate(fresh.id, fresh.version)
    return replace(fresh, chunk_count=len(ends))


def exchange(answer_id: str, *, conversation: str = "c", **fields: object) -> Exchange:
    """Return a question with its answer; `fields` replace its others."""
    plain = Exchange(
        answer_id=answer_id,
        conversation_id=conversation,
        knowledge_base="kb",
        question="How long is the warranty?",
        standalone="How long is the warranty?",
        language="en",
        answer="It lasts 24 months.",
        citations=(CitedPlace("d", 1, "d.md", "It lasts 24 months.", "It lasts 24 months."),),
        created_at=datetime(2026, 7, 1, 12, tzinfo=UTC),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]
