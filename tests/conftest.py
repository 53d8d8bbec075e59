"""Fixtures that several parts of the tests share."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine

from engine.observability import ROOT_LOGGER
from engine.persistence.database import open_database
from engine.persistence.migrate import migrate

os.environ["HF_HUB_OFFLINE"] = "1"  # before any import of huggingface_hub


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny sentence-transformers model with prompts and declared languages."""
    from tests.fakes.embedding import save_tiny_model

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries' own imports
        return save_tiny_model(tmp_path_factory.mktemp("models") / "tiny", languages=("en", "ja-JP"))


@pytest.fixture(scope="session", autouse=True)
def _migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make each new SQLite file a copy of one that the migrations made: running them anew takes 0.1 s each."""
    newest = tmp_path_factory.mktemp("schema") / "newest.db"
    open_database(f"sqlite:///{newest}").dispose()

    def from_copy(engine: Engine) -> None:
        file = Path(engine.url.database or "")
        if engine.dialect.name == "sqlite" and file.name != ":memory:" and file.parent.is_dir() and not file.exists():
            copyfile(newest, file)
        migrate(engine)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.persistence.database.migrate", from_copy)
        yield


@pytest.fixture(autouse=True)
def _log_as_at_first() -> None:
    """Undo what commands of earlier tests and of shared fixtures did to the log: `caplog` would hear nothing."""
    logger = logging.getLogger(ROOT_LOGGER)
    logger.handlers.clear()
    logger.setLevel(logging.NOTSET)
    logger.propagate = True
