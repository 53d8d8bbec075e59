"""Where ingestion writes to, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from engine.domain.knowledge import KnowledgeBase, ParsedDocument
from engine.domain.search import SparseVector
from engine.errors import NotFound
from engine.indexing import check_signature, index_signature
from engine.ports import Embedder, IndexSignature, KnowledgeRepository, LanguageDetector, VectorStore
from ingestion.chunking.chunker import ChunkOptions
from ingestion.expanding import expand
from ingestion.paging import Parsing
from ingestion.parsing import Limits, parse
from ingestion.sources import Readable

__all__ = ["Expand", "IngestOptions", "IngestTarget", "Parse", "ParseByPages", "SparseEncoder", "open_index"]

Expand = Callable[[Readable], Iterator[Readable]]
"""Yields a file itself, or what it holds, under uris that begin with its own."""


class Parse(Protocol):
    """Turns a file into a document."""

    def __call__(self, data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        """Return the document in `data`, or raise InvalidInput, naming the file and a remedy."""
        ...


class ParseByPages(Protocol):
    """Turns a file into a document page by page."""

    def __call__(self, data: bytes, *, name: str, limits: Limits) -> Parsing:
        """Yield the pages that are done and return the document, or raise InvalidInput."""
        ...


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
        return index_signature(self.embedder.info, self.encoder.signature)


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How to ingest. `batch_chunks` are written together; `rebuild` drops the index first, whatever built it.

    `parse` reads a file; one that works in another process bounds its time and memory. `expand` opens archives.
    """

    chunking: ChunkOptions = field(default_factory=ChunkOptions)
    limits: Limits = field(default_factory=Limits)
    batch_chunks: int = 1024
    rebuild: bool = False
    parse: Parse = parse
    expand: Expand = expand


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
    elif built is not None:
        check_signature(name, built=built, wanted=target.signature)
    target.store.create(name, target.signature.dimension)
    if built != target.signature:
        target.knowledge.set_signature(name, target.signature)
