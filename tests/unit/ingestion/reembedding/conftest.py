from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.service import Engine
from engine.settings import Settings, load_settings
from ingestion.jobs.turns import Turns
from ingestion.reembedding.service import Reembedding
from tests.unit.ingestion.reembedding.shop import KB, PAGES, opened, write


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(data_dir=tmp_path / "data", parse_workers=0)


@pytest.fixture(name="engine")
def shop(settings: Settings) -> Iterator[Engine]:
    engine = opened(settings)
    write(engine, settings, PAGES)
    yield engine
    engine.close()


@pytest.fixture
def indexes(engine: Engine) -> Reembedding:
    turns = Turns()
    return Reembedding(engine, KB, lambda **options: turns.turn(KB, **options))
