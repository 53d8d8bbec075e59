"""The bare encoder, compared with every vector: what a search by this model costs at least."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.ports import Vector
from evals.bench.peers.contract import Model, Peer, passage_of
from evals.bench.peers.models import load_encoder
from evals.metrics import Scored
from evals.subject import Entry

__all__ = ["open_peer"]


class EncoderPeer:
    """sentence-transformers and one matrix."""

    def __init__(self, folder: Path, model: Model) -> None:
        self._folder = folder
        self._embed = load_encoder(model)
        self._uris: list[str] = []
        self._vectors: Vector = np.empty((0, 0), dtype=np.float32)
        if (folder / "uris.json").exists():
            self._uris = json.loads((folder / "uris.json").read_text(encoding="utf-8"))
            self._vectors = np.load(folder / "vectors.npy")

    def index(self, documents: Sequence[Entry]) -> None:
        """Embed the documents."""
        self._uris = [document.uri for document in documents]
        self._vectors = self._embed([passage_of(document) for document in documents])

    def save(self) -> None:
        """Write names and matrix."""
        (self._folder / "uris.json").write_text(json.dumps(self._uris), encoding="utf-8")
        np.save(self._folder / "vectors.npy", self._vectors)

    def search(self, query: str, *, limit: int) -> Scored:
        """Embed the query and compare."""
        scores = self._vectors @ self._embed([query])[0]
        best = np.argsort(-scores, kind="stable")[:limit]
        return tuple((self._uris[at], float(scores[at])) for at in best)

    def update(self, document: Entry) -> None:
        """Embed the document anew."""
        self._vectors[self._uris.index(document.uri)] = self._embed([passage_of(document)])[0]

    def close(self) -> None:
        """Do nothing."""


def open_peer(folder: Path, model: Model, mode: str) -> Peer:  # noqa: ARG001 (there is one mode)
    """Load the model."""
    return EncoderPeer(folder, model)
