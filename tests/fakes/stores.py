"""Stores to test with, and short ways to say a chunk, a vector and what a search found."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from qdrant_client import QdrantClient

from engine.domain.knowledge import DocumentKind, Span, stable_id
from engine.domain.search import SparseVector
from engine.ports import ChunkRecord, IndexedChunk, StoreHit, Vector, VectorStore
from engine.settings import load_settings
from engine.stores.edge import EdgeStore
from engine.stores.remote import RemoteStore, connect
from tests.fakes.qdrant_server import qdrant_server

__all__ = ["ADAPTERS", "DIMENSION", "chunk", "chunk_id", "folder", "idf", "ids", "opened", "sparse", "unit"]

DIMENSION = 4
ADAPTERS = ["edge", "remote", "http", pytest.param("server", marks=pytest.mark.server)]
MEMORY = Path("/dev/shm")  # noqa: S108


@contextmanager
def folder() -> Iterator[Path]:
    """Give a new folder, in memory where the system has that: a new index waits for the disk a dozen times."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as path:
        yield Path(path)


@contextmanager
def opened(adapter: str, *, used: Collection[str] = ("kb",)) -> Iterator[VectorStore]:
    """Give a new store; on a server the knowledge bases in `used` are dropped before and after."""
    if adapter == "edge":
        with folder() as path:
            edge = EdgeStore(path)
            yield edge
            edge.close()
        return
    store: VectorStore
    if adapter == "http":
        with qdrant_server() as server:
            store = RemoteStore(connect(server.url))
            yield store
            store.close()
        return
    if adapter == "remote":
        store = RemoteStore(QdrantClient(":memory:"))
    else:
        settings = load_settings()
        if not settings.qdrant_url:
            pytest.skip("KNOWDESK_QDRANT_URL is not set")
        store = RemoteStore(connect(settings.qdrant_url, settings.qdrant_api_key.get_secret_value()))
        for name in used:
            store.drop(name)
    yield store
    if adapter == "server":
        for name in used:
            store.drop(name)
    store.close()


def chunk_id(name: str) -> str:
    """Return the chunk id that `name` stands for."""
    return stable_id("chunk", name)


def unit(*values: float) -> Vector:
    """Return the values as a vector of unit length and of the tests' dimension."""
    vector = np.array([*values, *([0.0] * (DIMENSION - len(values)))], dtype=np.float32)
    return vector / np.linalg.norm(vector)


def sparse(weights: Mapping[int, float]) -> SparseVector:
    """Return the weights as a sparse vector."""
    return SparseVector(tuple(weights), tuple(weights.values()))


def chunk(
    name: str,
    document: str = "manual",
    *,
    dense: Vector | None = None,
    terms: Mapping[int, float] | None = None,
    around: Mapping[int, float] | None = None,
    **fields: object,
) -> IndexedChunk:
    """Return a chunk with the id of `name`; `fields` replace those of its record."""
    record = ChunkRecord(
        chunk_id=chunk_id(name),
        document_id=document,
        version=1,
        ordinal=0,
        title=document.title(),
        uri=f"{document}.md",
        kind=DocumentKind.PAGE,
        language="en",
        span=Span(0, len(name)),
        text=name,
    )
    return IndexedChunk(
        replace(record, **fields),  # type: ignore[arg-type]
        unit(1.0) if dense is None else dense,
        sparse({1: 1.0} if terms is None else terms),
        None if around is None else sparse(around),
    )


def ids(hits: Sequence[StoreHit]) -> list[str]:
    """Return the names of the chunks that were found, which are their texts."""
    return [hit.record.text for hit in hits]


def idf(chunks: int, with_term: int) -> float:
    """Return a term's inverse document frequency, as the port defines it."""
    return math.log(1 + (chunks - with_term + 0.5) / (with_term + 0.5))
