"""The VectorStore port on Qdrant Edge: the Qdrant engine in this process, in a folder that one process owns."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from engine.domain.search import SearchFilter
from engine.errors import BackendFailed
from engine.observability import get_logger
from engine.ports import ChunkRecord, IndexedChunk, StoreQuery, StoreResult, Vector
from engine.stores.edge_folder import EdgeFolder
from engine.stores.edge_index import EdgeIndex
from engine.stores.edge_shard import ShardOptions
from engine.stores.folder_lock import FolderLock
from engine.stores.naming import safe_name
from engine.stores.snapshot import read_snapshot, write_snapshot
from engine.stores.validation import check_dimension, no_index

__all__ = ["EdgeStore"]

_log = get_logger(__name__)

QUIET_S = 1.0  # before an index is written anew: documents that are deleted one after the other go together
EXACT_LIMIT = 20_000  # below it exact search takes no longer than an approximate one (3 ms, 384 dimensions)


class EdgeStore:
    """Indexes under `data_dir`/index, opened when they are first used; safe to use from several threads.

    Raises Conflict if another process, or another store of this one, has the folder. What was upserted survives the
    end of the process however it comes, and a power cut once `optimize` or `close` returned. `exact_limit` is the
    number of chunks from which on dense search is approximate, after `optimize`; with `quantized`, an index that is
    created or written anew then searches 8-bit copies of the vectors.
    """

    def __init__(self, data_dir: Path, *, exact_limit: int = EXACT_LIMIT, quantized: bool = False) -> None:
        self._lock = FolderLock(data_dir)
        self._root = data_dir / "index"
        self._options = ShardOptions(exact_limit, quantized)
        self._indexes: dict[str, EdgeIndex] = {}
        self._registry = threading.RLock()
        self._purges = ThreadPoolExecutor(1, thread_name_prefix="knowdesk-purge")
        self._closing = threading.Event()
        self._closed = False

    def create(self, knowledge_base: str, dimension: int) -> None:
        """Create the index if it does not exist; Conflict if one of another dimension does."""
        with self._registry:
            if not self.exists(knowledge_base):
                self._build(knowledge_base, dimension)
            check_dimension(knowledge_base, found=self._index(knowledge_base).dimension, wanted=dimension)

    def exists(self, knowledge_base: str) -> bool:
        """Tell whether the knowledge base has an index."""
        return self._folder(knowledge_base).exists

    def drop(self, knowledge_base: str) -> None:
        """Remove the index and everything in it; nothing happens if there is none."""
        with self._registry:
            folder = self._folder(knowledge_base)
            if index := self._indexes.pop(knowledge_base, None):
                index.close()
            folder.remove()

    def upsert(self, knowledge_base: str, chunks: Sequence[IndexedChunk]) -> None:
        """Insert the chunks, or replace those of the same id; all are searchable on return."""
        self._index(knowledge_base).upsert(chunks)

    def delete_document(self, knowledge_base: str, document_id: str, *, keep_versions: Collection[int] = ()) -> None:
        """Remove the chunks of a document, but for those of `keep_versions`."""
        self._index(knowledge_base).delete_document(document_id, keep_versions=keep_versions)

    def search(self, knowledge_base: str, query: StoreQuery) -> StoreResult:
        """Run the retrievers that `query` has vectors for."""
        return self._index(knowledge_base).search(query)

    def vectors(self, knowledge_base: str, chunk_ids: Sequence[str]) -> Mapping[str, Vector]:
        """Return the dense vectors of those of the chunks that exist."""
        return self._index(knowledge_base).vectors(chunk_ids)

    def count(self, knowledge_base: str, filter: SearchFilter | None = None) -> int:
        """Return the exact number of chunks, of those that pass `filter` if given."""
        return self._index(knowledge_base).count(filter)

    def records(self, knowledge_base: str) -> Iterator[ChunkRecord]:
        """Yield every record, ordered by chunk id."""
        return self._index(knowledge_base).records()

    def optimize(self, knowledge_base: str) -> None:
        """Flush, and compact the index if a fifth of it is new (from `exact_limit` chunks on) or was deleted.

        Searches go on meanwhile, on the index as it was; writes wait.
        """
        self._index(knowledge_base).compact()

    def purge(self, knowledge_base: str) -> None:
        """Write the index anew in a second if anything was deleted since the last time; `close` waits for the end."""
        if self.exists(knowledge_base):
            index = self._index(knowledge_base)
            if index.has_holes:
                self._purges.submit(self._purge_soon, knowledge_base, index).add_done_callback(_log_failure)

    def snapshot(self, knowledge_base: str, target: Path) -> None:
        """Write the index to the new folder `target`, in the format that all stores read."""
        index = self._index(knowledge_base)
        with index.frozen() as chunks:
            write_snapshot(target, index.dimension, chunks)

    def restore(self, knowledge_base: str, snapshot: Path) -> None:
        """Replace the index, if there is one, by the one in `snapshot`, which any store may have written."""
        dimension, chunks = read_snapshot(snapshot)
        self._build(knowledge_base, dimension, chunks)

    def close(self) -> None:
        """Flush and release everything; the store cannot be used afterwards."""
        self._closing.set()
        self._purges.shutdown()
        with self._registry:
            self._closed = True
            while self._indexes:
                self._indexes.popitem()[1].close()
            self._lock.release()

    def _purge_soon(self, knowledge_base: str, index: EdgeIndex) -> None:
        if index.has_holes:
            self._closing.wait(QUIET_S)
            if self._indexes.get(knowledge_base) is index:  # not dropped or replaced meanwhile
                index.purge()

    def _build(self, knowledge_base: str, dimension: int, chunks: Iterable[IndexedChunk] = ()) -> None:
        with self._registry:
            folder = self._folder(knowledge_base)
            if old := self._indexes.pop(knowledge_base, None):
                old.close()
            self._indexes[knowledge_base] = EdgeIndex.create(folder, knowledge_base, dimension, self._options, chunks)

    def _folder(self, knowledge_base: str) -> EdgeFolder:
        if self._closed:
            raise BackendFailed("The store is closed.", remedy="Open it again.")
        return EdgeFolder(self._root / safe_name(knowledge_base))

    def _index(self, knowledge_base: str) -> EdgeIndex:
        if index := self._indexes.get(knowledge_base):
            return index
        with self._registry:
            folder = self._folder(knowledge_base)
            if knowledge_base not in self._indexes:
                if not folder.exists:
                    raise no_index(knowledge_base)
                self._indexes[knowledge_base] = EdgeIndex.open(folder, self._options)
            return self._indexes[knowledge_base]


def _log_failure(purge: Future[None]) -> None:
    """Note that deleted chunks are still in the files; the next purge takes them along."""
    if isinstance(error := purge.exception(), BackendFailed):
        _log.warning("An index could not be purged: %s", error.message)
