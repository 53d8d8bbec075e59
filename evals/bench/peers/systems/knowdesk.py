"""The engine, by the production path: ingestion, stores, search."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from engine.errors import BackendFailed
from engine.settings import load_settings
from evals.bench.peers.contract import Model, Peer
from evals.engine_system import EngineSystem, Pipeline
from evals.metrics import Scored
from evals.subject import Entry

__all__ = ["open_peer"]


class KnowdeskPeer:
    """An engine with one knowledge base; everything is on disk as soon as it can be found."""

    def __init__(self, folder: Path, model: Model) -> None:
        self._stack = ExitStack()
        system = EngineSystem(load_settings(embedding_model=model.setting), Pipeline())
        self._subject = self._stack.enter_context(system.open(folder))
        self._subject.embed_query("warm up")

    def index(self, documents: Sequence[Entry]) -> None:
        """Ingest; BackendFailed if a document fails."""
        for failed in (each for each in self._subject.add(documents) if each.failure):
            raise BackendFailed(f"{failed.uri} could not be indexed.", remedy=failed.failure)

    def save(self) -> None:
        """Do nothing: it has happened already."""

    def search(self, query: str, *, limit: int) -> Scored:
        """Search with no filter, and mark nothing in the passages: peers do not either."""
        found = self._subject.candidates(query, limit=limit)
        return tuple((passage.uri, passage.score) for passage in found.passages)

    def update(self, document: Entry) -> None:
        """Ingest a new version."""
        self.index([document])

    def close(self) -> None:
        """Close the engine."""
        self._stack.close()


def open_peer(folder: Path, model: Model, mode: str) -> Peer:  # noqa: ARG001 (there is one mode)
    """Open the engine."""
    return KnowdeskPeer(folder, model)
