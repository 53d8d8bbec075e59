"""A knowledge base in memory, ports that break on demand, and short ways to ingest into them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zlib import crc32

import numpy as np

from engine.domain.search import SearchFilter, SparseVector
from engine.ports import ChunkRecord, EmbedderInfo, IndexedChunk, StoreQuery, StoreResult, Vector
from ingestion.pipeline import ingest
from ingestion.report import IngestEvent, IngestReport, Progress
from ingestion.sources import Readable
from ingestion.target import IngestOptions, IngestTarget
from tests.unit.ingestion.memory_knowledge import MemoryKnowledge

__all__ = [
    "KB",
    "SOURCE",
    "FakeDetector",
    "FakeEmbedder",
    "FakeEncoder",
    "MemoryKnowledge",
    "MemoryStore",
    "Place",
    "report_of",
]

KB = "support"
SOURCE = "docs"


class MemoryStore:
    """The VectorStore port in a dictionary, without search."""

    def __init__(self) -> None:
        self.indexes: dict[str, dict[str, IndexedChunk]] = {}
        self.optimized = 0
        self.purged = 0

    def create(self, knowledge_base: str, dimension: int) -> None:
        self.indexes.setdefault(knowledge_base, {})

    def exists(self, knowledge_base: str) -> bool:
        return knowledge_base in self.indexes

    def drop(self, knowledge_base: str) -> None:
        self.indexes.pop(knowledge_base, None)

    def upsert(self, knowledge_base: str, chunks: Sequence[IndexedChunk]) -> None:
        self.indexes[knowledge_base].update({chunk.record.chunk_id: chunk for chunk in chunks})

    def delete_document(self, knowledge_base: str, document_id: str, *, keep_versions: Collection[int] = ()) -> None:
        index = self.indexes[knowledge_base]
        for key, chunk in list(index.items()):
            if chunk.record.document_id == document_id and chunk.record.version not in keep_versions:
                del index[key]

    def search(self, knowledge_base: str, query: StoreQuery) -> StoreResult:
        raise NotImplementedError

    def vectors(self, knowledge_base: str, chunk_ids: Sequence[str]) -> Mapping[str, Vector]:
        index = self.indexes[knowledge_base]
        return {key: index[key].dense for key in chunk_ids if key in index}

    def count(self, knowledge_base: str, filter: SearchFilter | None = None) -> int:
        wanted = filter.document_ids if filter else ()
        return sum(not wanted or record.document_id in wanted for record in self.records(knowledge_base))

    def records(self, knowledge_base: str) -> Iterator[ChunkRecord]:
        index = self.indexes[knowledge_base]
        return iter([index[key].record for key in sorted(index)])

    def optimize(self, knowledge_base: str) -> None:
        self.optimized += 1

    def purge(self, knowledge_base: str) -> None:
        self.purged += 1

    def snapshot(self, knowledge_base: str, target: Path) -> None:
        raise NotImplementedError

    def restore(self, knowledge_base: str, snapshot: Path) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


@dataclass
class FakeEmbedder:
    """Vectors that only depend on the text; `batches` are the sizes that were asked for."""

    model: str = "fake"
    batches: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def info(self) -> EmbedderInfo:
        return EmbedderInfo(self.model, "1", 3, normalized=True)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.batches.append(len(texts))
        self.texts += texts
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vector:
        seed = np.random.default_rng(crc32(text.encode("utf-8", "surrogatepass")))
        return seed.standard_normal(3).astype(np.float32)


@dataclass
class FakeEncoder:
    """One term for a text and its language."""

    signature: str = "fake terms"

    def passage(self, text: str, language: str) -> SparseVector:
        return SparseVector((crc32(f"{language} {text}".encode("utf-8", "surrogatepass")),), (1.0,))


@dataclass
class FakeDetector:
    """Says English to everything."""

    def detect(self, text: str) -> str:
        return "en"


@dataclass
class Place:
    """A knowledge base in memory with all that ingestion needs."""

    knowledge: MemoryKnowledge = field(default_factory=MemoryKnowledge)
    store: MemoryStore = field(default_factory=MemoryStore)
    embedder: FakeEmbedder = field(default_factory=FakeEmbedder)

    @property
    def target(self) -> IngestTarget:
        return IngestTarget(KB, self.knowledge, self.store, self.embedder, FakeEncoder(), FakeDetector())

    def events(
        self, files: Iterable[Readable], *, synchronize: bool = True, **options: object
    ) -> Iterator[IngestEvent]:
        chosen = IngestOptions(**options)  # type: ignore[arg-type]
        return ingest(files, target=self.target, source=SOURCE, synchronize=synchronize, options=chosen)

    def ingest(self, files: Iterable[Readable], *, synchronize: bool = True, **options: object) -> IngestReport:
        return report_of(self.events(files, synchronize=synchronize, **options))

    def state(self) -> object:
        """Return all that readers can see, times left out."""
        index = self.store.indexes.get(KB, {})
        chunks = {
            key: (chunk.record, chunk.dense.tolist(), chunk.sparse, chunk.context)
            for key, chunk in sorted(index.items())
        }
        documents = [replace(document, updated_at="") for document in self.knowledge.documents(KB)]
        texts = [self.knowledge.stored_text(document.id, document.version) for document in documents]
        return self.knowledge.bases, self.knowledge.built, documents, texts, chunks

    def check(self) -> None:
        """Assert that index and repository agree: every chunk of every version that is in force some day, no others."""
        expected = {
            chunk.id: (key, version, chunk.text)
            for key, versions in self.knowledge.indexed_versions(KB).items()
            for version in versions
            for chunk in self.knowledge.chunks(key, version)
        }
        found = {each.chunk_id: (each.document_id, each.version, each.text) for each in self.store.records(KB)}
        assert found == expected


def report_of(
    events: Iterator[IngestEvent], *, seen: Callable[[Progress], object] = lambda progress: None
) -> IngestReport:
    """Drain an ingestion and return its report."""
    report: IngestReport | None = None
    for event in events:
        assert report is None
        if isinstance(event, Progress):
            seen(event)
        else:
            report = event
    assert report is not None
    return report
