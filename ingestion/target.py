"""Where ingestion writes to, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from engine.domain.knowledge import KnowledgeBase
from engine.domain.search import SparseVector
from engine.errors import Conflict, NotFound
from engine.ports import Embedder, IndexSignature, KnowledgeRepository, LanguageDetector, VectorStore
from ingestion.chunking.chunker import ChunkOptions
from ingestion.parsing import Limits

__all__ = ["IngestOptions", "IngestTarget", "SparseEncoder", "open_index"]


class SparseEncoder(Protocol):
    """Weighs the terms of passages."""

    @property
    def signature(self) -> str:
        """Name of the term scheme; vectors of different schemes cannot be compared."""
        ...

    def passage(self, text: str, language: str) -> SparseVector:
        """Return the weights of a passage's terms."""
        ...


@dataclass(frozen=True, slots=True)
class IngestTarget:
    """A knowledge base and what it takes to write to it."""

    knowledge_base: str
    knowledge: KnowledgeRepository
    store: VectorStore
    embedder: Embedder
    encoder: SparseEncoder
    detector: LanguageDetector

    @property
    def signature(self) -> IndexSignature:
        """What the index is built with."""
        info = self.embedder.info
        return IndexSignature(info.model, info.revision, info.dimension, info.normalized, self.encoder.signature)


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How to ingest. `batch_chunks` are written together; `rebuild` drops the index first, whatever built it."""

    chunking: ChunkOptions = field(default_factory=ChunkOptions)
    limits: Limits = field(default_factory=Limits)
    batch_chunks: int = 1024
    rebuild: bool = False


def open_index(target: IngestTarget, *, rebuild: bool = False) -> None:
    """Create the knowledge base and its index where they are missing; with `rebuild`, empty the index.

    Raises Conflict, with the remedy, if the index was built with another model.
    """
    name = target.knowledge_base
    try:
        target.knowledge.knowledge_base(name)
    except NotFound:
        target.knowledge.add_knowledge_base(KnowledgeBase(name))
    built = target.knowledge.signature(name)
    if rebuild:
        target.store.drop(name)
    elif built not in (None, target.signature):
        raise Conflict(
            f"Knowledge base {name!r} is indexed with another embedding model or term scheme.",
            remedy="Set KNOWDESK_EMBEDDING_MODEL back, or index it anew with `knowdesk ingest --rebuild`.",
        )
    target.store.create(name, target.signature.dimension)
    if built != target.signature:
        target.knowledge.set_signature(name, target.signature)
