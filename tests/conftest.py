"""Fixtures that several parts of the tests share."""

from __future__ import annotations

import logging
import os
import warnings
from pathlib import Path

import pytest

from engine.observability import ROOT_LOGGER

os.environ["HF_HUB_OFFLINE"] = "1"  # before any import of huggingface_hub


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny sentence-transformers model with prompts and declared languages."""
    from tests.fakes.embedding import save_tiny_model

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries' own imports
        return save_tiny_model(tmp_path_factory.mktemp("models") / "tiny", languages=("en", "ja-JP"))


@pytest.fixture(autouse=True)
def _log_as_at_first() -> None:
    """Undo what commands of earlier tests and of shared fixtures did to the log: `caplog` would hear nothing."""
    logger = logging.getLogger(ROOT_LOGGER)
    logger.handlers.clear()
    logger.setLevel(logging.NOTSET)
    logger.propagate = True
