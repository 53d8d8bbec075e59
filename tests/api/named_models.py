"""Embedders that settings name, for tests that change the model of an index."""

from __future__ import annotations

from typing import Final

import pytest

import engine.assembly
from api import doctor
from engine.errors import Misconfigured
from engine.ports import Embedder
from engine.settings import Settings
from tests.fakes.embedding import HashEmbedder

__all__ = ["MODELS", "name_models"]

MODELS: Final[dict[str, Embedder]] = {
    "": HashEmbedder(),
    "hash": HashEmbedder(),
    "other": HashEmbedder(32, model="other"),
    "third": HashEmbedder(48, model="third"),
}


def name_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load those of `MODELS` by their names, and nothing else."""
    for module in (engine.assembly, doctor):
        monkeypatch.setattr(module, "build_embedder", _build)


def _build(settings: Settings) -> Embedder:
    if settings.embedding_model not in MODELS:
        raise Misconfigured(f"The model {settings.embedding_model!r} cannot be loaded.", remedy="Fetch it.")
    return MODELS[settings.embedding_model]
