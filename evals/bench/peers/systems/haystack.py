"""Haystack over its in-memory store, as its documentation puts it: BM25, or BM25 and vectors joined by RRF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.optional import require
from evals.bench.peers.contract import EXTRA, Model, Peer, passage_of
from evals.metrics import Scored
from evals.subject import Entry

__all__ = ["open_peer"]

_STORES = "haystack.document_stores.in_memory"
_RETRIEVERS = "haystack.components.retrievers.in_memory"
_EMBEDDERS = "haystack_integrations.components.embedders.sentence_transformers"


class HaystackPeer:
    """A document store and a pipeline of retrievers."""

    def __init__(self, folder: Path, model: Model, *, hybrid: bool) -> None:
        stores = require(_STORES, EXTRA)
        self._path = folder / "store.json"
        store = stores.InMemoryDocumentStore
        self._store = store.load_from_disk(str(self._path)) if self._path.exists() else store()
        self._embedder = _embedder("SentenceTransformersDocumentEmbedder", model) if hybrid else None
        self._pipeline = _hybrid(self._store, model) if hybrid else _bm25(self._store)

    def index(self, documents: Sequence[Entry]) -> None:
        """Embed the documents, if the mode has vectors, and write them."""
        self._write(documents, policy="FAIL")

    def save(self) -> None:
        """Write the store, which is one JSON file."""
        self._store.save_to_disk(str(self._path))

    def search(self, query: str, *, limit: int) -> Scored:
        """Run the pipeline."""
        inputs: dict[str, dict[str, object]] = {"bm25": {"query": query, "top_k": limit}}
        if self._embedder:
            inputs |= {"embedder": {"text": query}, "vectors": {"top_k": limit}, "joiner": {"top_k": limit}}
        (found,) = self._pipeline.run(inputs).values()
        return tuple((document.id, document.score) for document in found["documents"])

    def update(self, document: Entry) -> None:
        """Overwrite the document."""
        self._write([document], policy="OVERWRITE")

    def close(self) -> None:
        """Forget the store."""
        self._store.shutdown()

    def _write(self, documents: Sequence[Entry], *, policy: str) -> None:
        haystack = require("haystack", EXTRA)
        policies = require("haystack.document_stores.types", EXTRA).DuplicatePolicy
        written = [haystack.Document(id=each.uri, content=passage_of(each)) for each in documents]
        if self._embedder:
            written = self._embedder.run(documents=written)["documents"]
        self._store.write_documents(written, policy=policies[policy])


def _bm25(store: Any) -> Any:
    pipeline = require("haystack", EXTRA).Pipeline()
    pipeline.add_component("bm25", require(_RETRIEVERS, EXTRA).InMemoryBM25Retriever(store))
    return pipeline


def _hybrid(store: Any, model: Model) -> Any:
    joiners = require("haystack.components.joiners", EXTRA)
    pipeline = _bm25(store)
    pipeline.add_component("embedder", _embedder("SentenceTransformersTextEmbedder", model))
    pipeline.add_component("vectors", require(_RETRIEVERS, EXTRA).InMemoryEmbeddingRetriever(store))
    pipeline.add_component("joiner", joiners.DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("embedder.embedding", "vectors.query_embedding")
    pipeline.connect("bm25", "joiner")
    pipeline.connect("vectors", "joiner")
    return pipeline


def _embedder(kind: str, model: Model) -> Any:
    device = require("haystack.utils", EXTRA).ComponentDevice.from_str("cpu")
    made = getattr(require(_EMBEDDERS, EXTRA), kind)
    embedder = made(model=str(model.folder), device=device, progress_bar=False, local_files_only=True)
    embedder.warm_up()
    return embedder


def open_peer(folder: Path, model: Model, mode: str) -> Peer:
    """Open the store; `mode` is bm25 or hybrid."""
    return HaystackPeer(folder, model, hybrid=mode == "hybrid")
