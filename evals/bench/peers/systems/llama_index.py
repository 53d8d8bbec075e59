"""LlamaIndex: `VectorStoreIndex` (its default), `BM25Retriever`, or both under `QueryFusionRetriever`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.optional import require
from evals.bench.peers.contract import EXTRA, Model, Peer, passage_of
from evals.bench.peers.models import load_encoder
from evals.metrics import Scored
from evals.subject import Entry

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

__all__ = ["open_peer"]


class LlamaIndexPeer:
    """An index of nodes, cut by the default splitter, and the retriever of one mode.

    BM25Retriever cannot be added to: it is made anew from the nodes after every change.
    """

    def __init__(self, folder: Path, model: Model, *, mode: str) -> None:
        self._core = require("llama_index.core", EXTRA)
        self._folder, self._mode = folder, mode
        self._model = _embedding(model) if mode != "bm25" else None
        self._retriever: Any = None
        self._limit = 0
        saved = (folder / "docstore.json").exists()
        self._storage = self._core.StorageContext.from_defaults(persist_dir=str(folder) if saved else None)
        self._index: Any = None
        if saved and self._model:
            self._index = self._core.load_index_from_storage(self._storage, embed_model=self._model)
        self._bm25 = self._bm25_class.from_persist_dir(str(folder / "bm25")) if saved and mode != "dense" else None

    def index(self, documents: Sequence[Entry]) -> None:
        """Cut and index the documents."""
        made = [self._document(each) for each in documents]
        if self._model:
            self._index = self._core.VectorStoreIndex.from_documents(
                made, storage_context=self._storage, embed_model=self._model
            )
        else:
            self._storage.docstore.add_documents(self._nodes(made))
        self._renew()

    def save(self) -> None:
        """Persist the storage and the BM25 index."""
        self._storage.persist(str(self._folder))
        if self._bm25:
            self._bm25.persist(str(self._folder / "bm25"))

    def search(self, query: str, *, limit: int) -> Scored:
        """Retrieve nodes; the documents that they come from."""
        if self._retriever is None or limit != self._limit:
            self._retriever, self._limit = self._made(limit), limit
        return tuple((found.node.ref_doc_id, found.score) for found in self._retriever.retrieve(query))

    def update(self, document: Entry) -> None:
        """Replace the nodes of the document."""
        if self._model:
            self._index.update_ref_doc(self._document(document))
        else:
            self._storage.docstore.delete_ref_doc(document.uri)
            self._storage.docstore.add_documents(self._nodes([self._document(document)]))
        self._renew()

    def close(self) -> None:
        """Forget the index."""
        self._index = self._bm25 = self._retriever = None

    @property
    def _bm25_class(self) -> Any:
        return require("llama_index.retrievers.bm25", EXTRA).BM25Retriever

    def _document(self, document: Entry) -> Any:
        return self._core.Document(text=passage_of(document), doc_id=document.uri)

    def _nodes(self, documents: Sequence[Any]) -> Any:
        return self._core.Settings.node_parser.get_nodes_from_documents(documents)

    def _renew(self) -> None:
        self._retriever = None
        if self._mode != "dense":
            self._bm25 = self._bm25_class.from_defaults(docstore=self._storage.docstore)

    def _made(self, limit: int) -> Any:
        if self._bm25:
            self._bm25.similarity_top_k = min(limit, len(self._storage.docstore.docs))
        if self._index is None:
            return self._bm25
        vectors = self._index.as_retriever(similarity_top_k=limit)
        if self._bm25 is None:
            return vectors
        return require("llama_index.core.retrievers", EXTRA).QueryFusionRetriever(
            [vectors, self._bm25],
            llm=require("llama_index.core.llms", EXTRA).MockLLM(),  # for further queries, of which there are none
            mode="reciprocal_rerank",
            num_queries=1,
            similarity_top_k=limit,
            use_async=False,
        )


def _embedding(model: Model) -> BaseEmbedding:
    """Return the model behind LlamaIndex's interface; its own adapter refuses models without a limit of length."""
    from llama_index.core.base.embeddings.base import BaseEmbedding

    encode = load_encoder(model)

    class LocalEmbedding(BaseEmbedding):
        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = encode(texts).tolist()
            return vectors

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return LocalEmbedding()


def open_peer(folder: Path, model: Model, mode: str) -> Peer:
    """Open the index; `mode` is dense, bm25 or hybrid."""
    return LlamaIndexPeer(folder, model, mode=mode)
