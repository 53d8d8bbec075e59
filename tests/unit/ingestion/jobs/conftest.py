"""A service of jobs over an engine in memory-backed folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from engine.assembly import build_engine
from engine.service import Engine
from engine.settings import Settings, load_settings
from ingestion.jobs.patience import Patience
from ingestion.jobs.service import JobService
from ingestion.workers.pool import NoPool, ParsePool
from tests.fakes.embedding import HashEmbedder
from tests.fakes.stores import folder
from tests.unit.ingestion.workers.hooks import plain

Start = Callable[..., JobService]


@pytest.fixture
def place() -> Iterator[Path]:
    """Return a new folder in memory."""
    with folder() as path:
        yield path


@pytest.fixture
def settings(place: Path) -> Settings:
    """Return the settings of an empty data folder."""
    return load_settings(data_dir=place / "data")


@pytest.fixture(name="engine")
def engine_of_nothing(settings: Settings) -> Iterator[Engine]:
    """Return an engine that knows nothing yet."""
    built = build_engine(settings, embedder=HashEmbedder())
    yield built
    built.close()


@pytest.fixture
def start(engine: Engine, settings: Settings) -> Iterator[Start]:
    """Return a function that starts a service over `engine`; it is closed at the end."""
    with ExitStack() as stack:

        def started(pool: ParsePool | None = None) -> JobService:
            made = JobService(engine, settings, pool=pool or NoPool(plain), patience=Patience(2, 0.05, 0.05))
            stack.enter_context(made)
            made.start()
            return made

        yield started
