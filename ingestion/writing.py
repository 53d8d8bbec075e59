"""Write prepared documents to index and repository, so that a kill at any moment does no harm."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice

import numpy as np

from engine.domain.knowledge import Chunk, Document
from engine.domain.search import SparseVector
from engine.ports import ChunkRecord, IndexedChunk, Vector
from ingestion.chunking.contexts import contexts
from ingestion.preparing import Prepared
from ingestion.search_text import context_text
from ingestion.target import IngestTarget

__all__ = ["Writer"]

_SLICE = 256  # chunks embedded between two signs of life
_UPSERT = 1024  # chunks in one call to the store


@dataclass(slots=True)
class Writer:
    """Writes batches of documents; `embed_seconds` is the time that the embedder took so far."""

    target: IngestTarget
    embed_seconds: float = 0.0
    written: list[Document] = field(default_factory=list)

    def write(self, batch: Sequence[Prepared]) -> Iterator[int]:
        """Embed and write the documents; yield how many chunks each step embedded.

        For each document: its new version is staged, its chunks upserted, the version activated, the chunks of older
        versions deleted. What a run leaves that dies between two of these is found by the next one.
        """
        prepared = [self._numbered(each) for each in batch]
        vectors: list[Vector] = []
        yield from self._embed([text for each in prepared for text in each.texts], vectors)
        rows = iter(vectors)
        store, knowledge, name = self.target.store, self.target.knowledge, self.target.knowledge_base
        indexed = (each for doc in prepared for each in self._indexed(doc, list(islice(rows, len(doc.chunks)))))
        for each in prepared:
            knowledge.stage(each.document, each.text, each.chunks)
        while chunks := list(islice(indexed, _UPSERT)):
            store.upsert(name, chunks)
        for each in prepared:
            knowledge.activate(each.document.id, each.document.version)
        for each in prepared:
            if each.document.version > 1:
                store.delete_document(name, each.document.id, keep_version=each.document.version)
            self.written.append(each.document)

    def _numbered(self, prepared: Prepared) -> Prepared:
        """Give the document its version: the one after the last that was ever activated.

        Chunks of a version that was staged by a run that died are removed first, because that number is used again.
        """
        key = prepared.document.id
        activated = self.target.knowledge.versions(key)
        last = max((version.version for version in activated), default=0)
        if self.target.knowledge.latest_version(key) > last:
            self.target.store.delete_document(self.target.knowledge_base, key, keep_version=last or None)
        return replace(prepared, document=replace(prepared.document, version=last + 1))

    def _embed(self, texts: Sequence[str], vectors: list[Vector]) -> Iterator[int]:
        """Fill `vectors` in the order of `texts`; like lengths are embedded together, because that is fastest."""
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]), reverse=True)
        found: dict[int, Vector] = {}
        for start in range(0, len(order), _SLICE):
            some = order[start : start + _SLICE]
            began = time.perf_counter()
            rows = self.target.embedder.embed_passages([texts[at] for at in some])
            self.embed_seconds += time.perf_counter() - began
            found.update(zip(some, np.asarray(rows, dtype=np.float32), strict=True))
            yield len(some)
        vectors.extend(found[at] for at in range(len(texts)))

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
    )
