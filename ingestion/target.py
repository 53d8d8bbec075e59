"""Where ingestion writes to, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from engine.domain.knowledge import KnowledgeBase, ParsedDocument
from engine.domain.search import SparseVector
from engine.errors import Conflict, NotFound
from engine.indexing import check_signature, index_signature
from engine.ports import BuiltIndex, Embedder, IndexSignature, KnowledgeRepository, LanguageDetector, VectorStore
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
    """A knowledge base and what it takes to write to one of its indexes.

    `slot` and `source` tell which, see `BuiltIndex`; `others` are the names of the other ones.
    """

    knowledge_base: str
    knowledge: KnowledgeRepository
    store: VectorStore
    embedder: Embedder
    encoder: SparseEncoder
    detector: LanguageDetector
    slot: str = ""
    source: str = ""
    others: tuple[str, ...] = ()

    @property
    def signature(self) -> IndexSignature:
        """What the index is built with."""
        return index_signature(self.embedder.info, self.encoder.signature)

    @property
    def built(self) -> BuiltIndex:
        """The index that is written to, as it is with what there is now."""
        return BuiltIndex(self.signature, self.slot, self.source)

    @property
    def index(self) -> str:
        """What the store calls it."""
        return self.built.name(self.knowledge_base)

    @property
    def all_indexes(self) -> list[str]:
        """The names of the indexes that are there, this one first."""
        return [self.index, *filter(self.store.exists, self.others)]


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

    Raises Conflict, with the remedy, if the index was built with another model, or is no longer the one in use.
    """
    name = target.knowledge_base
    try:
        target.knowledge.knowledge_base(name)
    except NotFound:
        target.knowledge.add_knowledge_base(KnowledgeBase(name))
    built, wanted = target.knowledge.index(name), target.built
    if built is not None and built.slot != wanted.slot:
        raise Conflict(f"Another index of {name!r} is in use by now.", remedy="Try again.")
    if rebuild:
        target.store.drop(target.index)
    elif built is not None:
        check_signature(name, built=built.signature, wanted=wanted.signature)
    target.store.create(target.index, wanted.signature.dimension)
    if built is None or built.signature != wanted.signature:
        target.knowledge.use_index(name, wanted)
