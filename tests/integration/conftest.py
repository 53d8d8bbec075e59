"""Servers that several processes share, and the processes."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from engine.assembly import build_engine
from engine.settings import Settings
from ingestion.jobs.service import JobService
from tests.fakes.embedding import HashEmbedder
from tests.fakes.postgres import Postgres
from tests.fakes.qdrant_server import QdrantServer, qdrant_server

# processes are forks of one that has everything loaded: a few of them must not take a minute to start
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["dbos", "ingestion.jobs.runner", "engine.stores.remote", __name__])


@dataclass
class Desk:
    """A database and a vector store that processes share; each process has a data folder of its own."""

    folder: Path
    database_url: str
    qdrant: QdrantServer
    workers: dict[str, ForkServerProcess] = field(default_factory=dict)

    def settings(self, name: str, **others: object) -> Settings:
        """Return the settings of a process of that name."""
        return Settings(
            data_dir=self.folder / name,
            database_url=self.database_url,
            database_connections=4,
            qdrant_url=self.qdrant.url,
            parse_workers=0,
            intent_encoder="bundled",
            **others,  # type: ignore[arg-type]
        )

    def start(self, name: str) -> None:
        """Start a process that does jobs."""
        worker = FORKS.Process(target=work, args=(self.settings(name),), daemon=True)
        worker.start()
        self.workers[name] = worker

    def kill(self, name: str) -> None:
        """Kill a process, which has no time to do anything about it."""
        worker = self.workers.pop(name)
        worker.kill()
        worker.join(10)

    def is_at_work(self, name: str) -> bool:
        """Tell whether a process has begun to do jobs."""
        return (self.folder / name / "ready").exists()


def work(settings: Settings) -> None:
    """Do jobs until killed; `ready` in the data folder says that it has begun."""
    engine = build_engine(settings, embedder=HashEmbedder())
    with JobService(engine, settings) as jobs:
        jobs.work()
        (settings.data_dir / "ready").touch()
        threading.Event().wait()


@pytest.fixture
def shared(tmp_path: Path, postgres: Postgres | None) -> Iterator[Desk]:
    """Give an empty database and an empty vector store; skip without a PostgreSQL server."""
    if postgres is None:
        pytest.skip("KNOWDESK_TEST_DATABASE_URL is not set")
    with qdrant_server() as qdrant:
        desk = Desk(tmp_path, postgres.url_of(tmp_path / "knowdesk.db"), qdrant)
        yield desk
        for name in tuple(desk.workers):
            desk.kill(name)
