"""Fixtures that several parts of the tests share."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"  # before any import of huggingface_hub


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny sentence-transformers model with prompts and declared languages."""
    from tests.fakes.embedding import save_tiny_model

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries' own imports
        return save_tiny_model(tmp_path_factory.mktemp("models") / "tiny", languages=("en", "ja-JP"))
