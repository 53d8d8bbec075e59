"""Generated pages, or the sample's, behind an engine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from engine.service import Engine
from evals.bench.contradictions.generating import World
from evals.bench.sample import ingest_folder
from evals.datasets.golden import SAMPLE_FOLDER

__all__ = ["AS_OF", "KNOWLEDGE_BASE", "ingested", "sample_knowledge"]

KNOWLEDGE_BASE = "bench"
AS_OF = date(2026, 6, 1)  # a day on which the sample's policies hold


@contextmanager
def ingested(world: World) -> Iterator[Engine]:
    """Give an engine over a temporary folder with the files of the world, while the block lasts."""
    with tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as pages:
        world.write(Path(pages))
        with _engine_over(Path(pages)) as engine:
            yield engine


@contextmanager
def sample_knowledge() -> Iterator[Engine]:
    """Give an engine with the sample knowledge base while the block lasts."""
    with _engine_over(SAMPLE_FOLDER / "knowledge") as engine:
        yield engine


@contextmanager
def _engine_over(folder: Path) -> Iterator[Engine]:
    from engine.assembly import build_engine
    from engine.settings import load_settings

    with tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        engine = build_engine(load_settings(data_dir=Path(scratch) / "data"))
        try:
            ingest_folder(engine, KNOWLEDGE_BASE, folder)
            yield engine
        finally:
            engine.close()
