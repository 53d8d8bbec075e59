"""txtai: `Embeddings` with vectors (its default), with keywords, or hybrid."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.optional import require
from evals.bench.peers.contract import EXTRA, Model, Peer, passage_of
from evals.metrics import Scored
from evals.subject import Entry

__all__ = ["open_peer"]


class TxtaiPeer:
    """One embeddings database."""

    def __init__(self, folder: Path, model: Model, *, mode: str) -> None:
        embeddings = require("txtai", EXTRA).Embeddings
        self._path = folder / "index"
        vectors = {"path": str(model.folder), "method": "sentence-transformers", "gpu": False}
        ways: dict[str, dict[str, object]] = {
            "dense": {**vectors},
            "keyword": {"keyword": True},
            "hybrid": {**vectors, "hybrid": True},
        }
        self._embeddings = embeddings(**ways[mode])
        if self._path.exists():
            self._embeddings.load(str(self._path))

    def index(self, documents: Sequence[Entry]) -> None:
        """Build the index."""
        self._embeddings.index([(document.uri, passage_of(document), None) for document in documents])

    def save(self) -> None:
        """Write the index."""
        self._embeddings.save(str(self._path))

    def search(self, query: str, *, limit: int) -> Scored:
        """Search the index."""
        return tuple((str(uri), float(score)) for uri, score in self._embeddings.search(query, limit))

    def update(self, document: Entry) -> None:
        """Replace the document."""
        self._embeddings.upsert([(document.uri, passage_of(document), None)])

    def close(self) -> None:
        """Free the index."""
        self._embeddings.close()


def open_peer(folder: Path, model: Model, mode: str) -> Peer:
    """Open the index; `mode` is dense, keyword or hybrid."""
    return TxtaiPeer(folder, model, mode=mode)
