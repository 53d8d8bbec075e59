"""Keeping and searching the vectors of chunks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import SearchFilter, SparseVector
from engine.domain.trial import IndexTrial
from engine.ports.embedding import Vector

__all__ = [
    "BuiltIndex",
    "ChunkRecord",
    "IndexSignature",
    "IndexedChunk",
    "StoreHit",
    "StoreQuery",
    "StoreResult",
    "VectorStore",
]


@dataclass(frozen=True, slots=True)
class IndexSignature:
    """What an index was built with; it can only be searched with the same."""

    model: str
    revision: str
    dimension: int
    normalized: bool
    terms: str


@dataclass(frozen=True, slots=True)
class BuiltIndex:
    """An index of a knowledge base, which may have several, each built with another model; one of them is in use.

    `slot` tells them apart, empty for the first. `source` is what is loaded to search it, named as in the settings;
    empty for whatever these name. `trial` is how it did when it was compared with the one in use.
    """

    signature: IndexSignature
    slot: str = ""
    source: str = ""
    trial: IndexTrial | None = None

    def name(self, knowledge_base: str) -> str:
        """Return what stores call it."""
        return f"{knowledge_base}\x1f{self.slot}" if self.slot else knowledge_base


@dataclass(frozen=True, slots=True)
class ChunkRecord:
    """A chunk as the store keeps it: enough to filter and to show, the text included.

    `context_id` names the stretch of neighbouring chunks (see `IndexedChunk.context`) the chunk lies in.
    """

    chunk_id: str
    document_id: str
    version: int
    ordinal: int
    title: str
    uri: str
    kind: DocumentKind
    language: str
    span: Span
    text: str
    section: tuple[str, ...] = ()
    page: int | None = None
    tags: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_until: date | None = None
    context_id: str = ""
    quarantined: bool | None = None


@dataclass(frozen=True, slots=True)
class IndexedChunk:
    """A chunk with its vectors.

    `sparse` weighs the chunk's own terms. `context` weighs the terms of the whole stretch of neighbouring chunks
    that share `record.context_id`; only the first chunk of a stretch carries it, so that each stretch is found once.
    """

    record: ChunkRecord
    dense: Vector
    sparse: SparseVector
    context: SparseVector | None = None


@dataclass(frozen=True, slots=True)
class StoreQuery:
    """One question to the store; a retriever whose vector is None (or empty) does not run.

    `limit` bounds each retriever's hits. With `chunk_ids`, only those chunks take part.
    """

    dense: Vector | None = None
    sparse: SparseVector | None = None
    context: SparseVector | None = None
    filter: SearchFilter = field(default_factory=SearchFilter)
    limit: int = 100
    chunk_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreHit:
    """A chunk found by one retriever: cosine for dense, BM25 for sparse and context."""

    record: ChunkRecord
    score: float


@dataclass(frozen=True, slots=True)
class StoreResult:
    """Hits of each retriever, best first, ties by chunk id; only hits with a positive sparse score appear."""

    dense: tuple[StoreHit, ...] = ()
    sparse: tuple[StoreHit, ...] = ()
    context: tuple[StoreHit, ...] = ()


class VectorStore(Protocol):
    """Vectors and records of chunks, one index a knowledge base; further ones go by `BuiltIndex.name`.

    Sparse scores are the inner product with the query, each term weighed by its inverse document frequency in that
    knowledge base, ln(1 + (N - n + 0.5) / (n + 0.5)) over the chunks that have a sparse vector of that name.
    Methods raise NotFound for a knowledge base that has no index, and BackendFailed when the engine behind fails.
    """

    def create(self, knowledge_base: str, dimension: int) -> None:
        """Create the index if it does not exist; Conflict if one of another dimension does."""
        ...

    def exists(self, knowledge_base: str) -> bool:
        """Tell whether the knowledge base has an index."""
        ...

    def drop(self, knowledge_base: str) -> None:
        """Remove the index and everything in it; nothing happens if there is none."""
        ...

    def upsert(self, knowledge_base: str, chunks: Sequence[IndexedChunk]) -> None:
        """Insert the chunks, or replace those of the same id; all are searchable on return."""
        ...

    def delete_document(self, knowledge_base: str, document_id: str, *, keep_versions: Collection[int] = ()) -> None:
        """Remove the chunks of a document, but for those of `keep_versions`."""
        ...

    def search(self, knowledge_base: str, query: StoreQuery) -> StoreResult:
        """Run the retrievers that `query` has vectors for."""
        ...

    def vectors(self, knowledge_base: str, chunk_ids: Sequence[str]) -> Mapping[str, Vector]:
        """Return the dense vectors of those of the chunks that exist."""
        ...

    def count(self, knowledge_base: str, filter: SearchFilter | None = None) -> int:
        """Return the exact number of chunks, of those that pass `filter` if given."""
        ...

    def records(self, knowledge_base: str) -> Iterator[ChunkRecord]:
        """Yield every record, ordered by chunk id."""
        ...

    def optimize(self, knowledge_base: str) -> None:
        """Merge and index segments after many writes; results stay the same."""
        ...

    def purge(self, knowledge_base: str) -> None:
        """See to it that nothing of deleted chunks is left in the files, as far as that is in the adapter's hands.

        That may go on after the return: `close` waits for it. Nothing happens if there is no index.
        """
        ...

    def snapshot(self, knowledge_base: str, target: Path) -> None:
        """Write a consistent copy of the index to the new folder or file `target`."""
        ...

    def restore(self, knowledge_base: str, snapshot: Path) -> None:
        """Replace the index by the one in `snapshot`."""
        ...

    def close(self) -> None:
        """Flush and release everything; the store cannot be used afterwards."""
        ...
