"""Write prepared documents to index and repository, so that a kill at any moment does no harm."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

import numpy as np

from engine.domain.knowledge import Chunk, Document
from engine.domain.search import SparseVector
from engine.ports import ChunkRecord, IndexedChunk, Vector
from ingestion.chunking.contexts import contexts
from ingestion.parallel import page_keys
from ingestion.preparing import Prepared
from ingestion.quarantine import is_quarantined
from ingestion.search_text import context_text
from ingestion.target import IngestTarget
from ingestion.versions.fingerprints import fingerprint
from ingestion.versions.reuse import known_vectors

__all__ = ["Writer"]

_SLICE = 256  # chunks embedded between two signs of life
_UPSERT = 1024  # chunks in one call to the store


@dataclass(slots=True)
class Writer:
    """Writes batches of documents; counts chunks, and the seconds that the embedder took."""

    target: IngestTarget
    embed_seconds: float = 0.0
    embedded: int = 0
    reused: int = 0
    written: list[Document] = field(default_factory=list)

    def write(self, batch: Sequence[Prepared]) -> Iterator[int]:
        """Write the documents as new versions; yield how many chunks each step found vectors for.

        For each document: its new version is staged, its chunks upserted beside those of the versions before, the
        version activated, and the chunks of versions that are in force on no day any more deleted. What a run leaves
        that dies between two of these is found by the next one.
        """
        vectors = yield from self._vectors(batch)
        prepared = [self._numbered(each) for each in batch]
        knowledge = self.target.knowledge
        for each in prepared:
            knowledge.stage(
                each.document, each.text, each.chunks, regions=each.regions, fingerprint=fingerprint(each.text)
            )
        self._upsert(prepared, vectors)
        self._relate(prepared)
        for each in prepared:
            knowledge.activate(each.document.id, each.document.version)
        for each in prepared:
            if each.document.version > 1:
                self._drop_outdated(each.document.id)
            self.written.append(each.document)

    def restore(self, versions: Sequence[Prepared]) -> Iterator[int]:
        """Index again what is in the repository already; yield how many chunks each step found vectors for."""
        yield from self.index(versions)
        self._relate(versions)

    def index(self, versions: Sequence[Prepared]) -> Iterator[int]:
        """Write to the index only; yield how many chunks each step found vectors for."""
        vectors = yield from self._vectors(versions)
        self._upsert(versions, vectors)

    def _relate(self, prepared: Sequence[Prepared]) -> None:
        self.target.knowledge.relate({each.document.id: page_keys(each.document) for each in prepared})

    def _drop_outdated(self, document_id: str) -> None:
        name = self.target.knowledge_base
        kept = self.target.knowledge.indexed_versions(name, [document_id]).get(document_id, {})
        self.target.store.delete_document(self.target.index, document_id, keep_versions=tuple(kept))

    def _numbered(self, prepared: Prepared) -> Prepared:
        """Give the document its version: the one after the last that was ever activated.

        Chunks of a version that was staged by a run that died are removed first, because that number is used again.
        """
        key = prepared.document.id
        last = max((version.version for version in self.target.knowledge.versions(key)), default=0)
        if self.target.knowledge.latest_version(key) > last:
            self._drop_outdated(key)
        return prepared.numbered(last + 1)

    def _vectors(self, batch: Sequence[Prepared]) -> Generator[int, None, list[list[Vector]]]:
        """Return the vectors of each document's chunks; only what no indexed version of it says is embedded."""
        known = [known_vectors(self.target, each) for each in batch]
        reused = sum(text in vectors for each, vectors in zip(batch, known, strict=True) for text in each.texts)
        if reused:
            self.reused += reused
            yield reused
        fresh = [text for each, vectors in zip(batch, known, strict=True) for text in each.texts if text not in vectors]
        rows: list[Vector] = []
        yield from self._embed(fresh, rows)
        new = iter(rows)
        return [
            [vectors[text] if text in vectors else next(new) for text in each.texts]
            for each, vectors in zip(batch, known, strict=True)
        ]

    def _embed(self, texts: Sequence[str], vectors: list[Vector]) -> Iterator[int]:
        """Fill `vectors` in the order of `texts`; like lengths are embedded together, because that is fastest."""
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]), reverse=True)
        found: dict[int, Vector] = {}
        for start in range(0, len(order), _SLICE):
            some = order[start : start + _SLICE]
            began = time.perf_counter()
            rows = self.target.embedder.embed_passages([texts[at] for at in some])
            self.embed_seconds += time.perf_counter() - began
            self.embedded += len(some)
            found.update(zip(some, np.asarray(rows, dtype=np.float32), strict=True))
            yield len(some)
        vectors.extend(found[at] for at in range(len(texts)))

    def _upsert(self, prepared: Sequence[Prepared], vectors: Sequence[Sequence[Vector]]) -> None:
        pairs = zip(prepared, vectors, strict=True)
        indexed = (chunk for document, rows in pairs for chunk in self._indexed(document, rows))
        while chunks := list(islice(indexed, _UPSERT)):
            self.target.store.upsert(self.target.index, chunks)

    def _indexed(self, prepared: Prepared, vectors: Sequence[Vector]) -> Iterator[IndexedChunk]:
        """Yield the document's chunks with their vectors; the first chunk of each context carries the context's."""
        language, encoder = prepared.document.language, self.target.encoder
        rows = zip(contexts(prepared.chunks), prepared.chunks, prepared.texts, vectors, strict=True)
        for context_id, group in groupby(rows, key=lambda row: row[0]):
            members = list(group)
            whole = context_text(prepared.document.title, [chunk for _, chunk, _, _ in members])
            context: SparseVector | None = encoder.passage(whole, language)
            for _, chunk, text, vector in members:
                record = _record(prepared.document, chunk, context_id)
                yield IndexedChunk(record, vector, encoder.passage(text, language), context)
                context = None


def _record(document: Document, chunk: Chunk, context_id: str) -> ChunkRecord:
    return ChunkRecord(
        chunk_id=chunk.id,
        document_id=document.id,
        version=document.version,
        ordinal=chunk.ordinal,
        title=document.title,
        uri=document.uri,
        kind=document.kind,
        language=document.language,
        span=chunk.span,
        text=chunk.text,
        section=chunk.section,
        page=chunk.page,
        tags=document.tags,
        effective_from=document.effective_from,
        effective_until=document.effective_until,
        context_id=context_id,
        quarantined=is_quarantined(document, chunk),
    )
