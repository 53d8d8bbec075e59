"""What the engine needs from outside, as protocols; adapters live in the folders named after each port.

Every port has a contract suite under tests/contract that each adapter must pass, and a deterministic fake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.domain.conversation import Turn
from engine.domain.knowledge import Chunk, Document, DocumentKind, KnowledgeBase, Span, StoredText
from engine.domain.search import SearchFilter, SparseVector

__all__ = [
    "ChunkRecord",
    "ConversationRepository",
    "Embedder",
    "EmbedderInfo",
    "Generator",
    "IndexSignature",
    "IndexedChunk",
    "KnowledgeRepository",
    "LanguageDetector",
    "Prompt",
    "StoreHit",
    "StoreQuery",
    "StoreResult",
    "Vector",
    "VectorStore",
]

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EmbedderInfo:
    """What identifies an embedding model. `languages` are the BCP 47 primary subtags it understands; empty: all."""

    model: str
    revision: str
    dimension: int
    normalized: bool
    languages: frozenset[str] = frozenset()

    def understands(self, language: str) -> bool:
        """Tell whether vectors of text in `language` (BCP 47) mean something."""
        return not self.languages or language.partition("-")[0] in self.languages


class Embedder(Protocol):
    """Turns text into dense vectors whose inner product is their cosine."""

    @property
    def info(self) -> EmbedderInfo:
        """Identity and abilities of the model."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return an array of shape (len(texts), dimension), rows of unit length; never NaN."""
        ...

    def embed_query(self, text: str) -> Vector:
        """Return an array of shape (dimension,), of unit length."""
        ...


@dataclass(frozen=True, slots=True)
class IndexSignature:
    """What an index was built with; it can only be searched with the same."""

    model: str
    revision: str
    dimension: int
    normalized: bool
    terms: str


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
    """Vectors and records of chunks, one index a knowledge base.

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

    def delete_document(self, knowledge_base: str, document_id: str, *, keep_version: int | None = None) -> None:
        """Remove the chunks of a document, but for those of `keep_version`."""
        ...

    def search(self, knowledge_base: str, query: StoreQuery) -> StoreResult:
        """Run the retrievers that `query` has vectors for."""
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

    def snapshot(self, knowledge_base: str, target: Path) -> None:
        """Write a consistent copy of the index to the new folder or file `target`."""
        ...

    def restore(self, knowledge_base: str, snapshot: Path) -> None:
        """Replace the index by the one in `snapshot`."""
        ...

    def close(self) -> None:
        """Flush and release everything; the store cannot be used afterwards."""
        ...


class KnowledgeRepository(Protocol):
    """Knowledge bases, documents, their versions and texts.

    A version is staged first (invisible to readers), then activated in one transaction; `document`, `documents` and
    `current_versions` only ever show activated versions.
    """

    def add_knowledge_base(self, knowledge_base: KnowledgeBase) -> None:
        """Store it; Conflict if the name is taken."""
        ...

    def knowledge_base(self, name: str) -> KnowledgeBase:
        """Return it; NotFound names the ones that exist."""
        ...

    def knowledge_bases(self) -> tuple[KnowledgeBase, ...]:
        """Return all, by name."""
        ...

    def delete_knowledge_base(self, name: str) -> None:
        """Remove it with its documents, texts and signature."""
        ...

    def signature(self, knowledge_base: str) -> IndexSignature | None:
        """Return what the index was built with; None if nothing was indexed yet."""
        ...

    def set_signature(self, knowledge_base: str, signature: IndexSignature) -> None:
        """Record what the index is built with."""
        ...

    def stage(self, document: Document, text: str, chunks: Sequence[Chunk]) -> None:
        """Store `document.version` of a document, invisible until `activate`; replaces the same staged version."""
        ...

    def activate(self, document_id: str, version: int) -> None:
        """Make a staged version the current one, at once for all readers."""
        ...

    def document(self, document_id: str) -> Document:
        """Return the current version's record, or raise NotFound."""
        ...

    def documents(
        self, knowledge_base: str, *, source: str | None = None, after: str = "", limit: int | None = None
    ) -> tuple[Document, ...]:
        """Return current documents ordered by (uri, id), those after the id `after`, at most `limit`."""
        ...

    def current_versions(self, document_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the current version of each document that has one."""
        ...

    def versions(self, document_id: str) -> tuple[Document, ...]:
        """Return all activated versions, newest first."""
        ...

    def latest_version(self, document_id: str) -> int:
        """Return the highest version number, staged or not; 0 if there is none."""
        ...

    def stored_text(self, document_id: str, version: int) -> StoredText:
        """Return the text of a version (kept after a newer one took its place), or raise NotFound."""
        ...

    def chunks(self, document_id: str, version: int) -> tuple[Chunk, ...]:
        """Return the chunks of a version in reading order."""
        ...

    def delete_document(self, document_id: str) -> None:
        """Remove a document with all its versions, or raise NotFound."""
        ...


class ConversationRepository(Protocol):
    """Turns of conversations, in order."""

    def append(self, conversation_id: str, turns: Sequence[Turn]) -> None:
        """Add turns at the end; the conversation begins to exist with its first turn."""
        ...

    def history(self, conversation_id: str, *, last: int | None = None) -> tuple[Turn, ...]:
        """Return the turns in order, only the `last` ones if given; empty for an unknown conversation."""
        ...


class LanguageDetector(Protocol):
    """Tells the language of a short text."""

    def detect(self, text: str) -> str:
        """Return a BCP 47 tag ("zh-Hans", "zh-Hant", "en", "ja"), or "und" where the text tells nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request to a language model: instructions, then what the model is to answer."""

    system: str
    user: str


class Generator(Protocol):
    """A language model that writes text."""

    @property
    def model(self) -> str:
        """Name of the model, for the record."""
        ...

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Yield the reply in pieces; BackendFailed after the configured retries or when time is up."""
        ...
