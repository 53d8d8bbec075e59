"""The encoders that all systems can be given, by local path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from engine.embedding.static import BUNDLED
from engine.errors import InvalidInput
from engine.ports import Vector
from evals.bench.peers.contract import Model

__all__ = ["MINILM", "OURS", "find_model", "load_encoder"]

OURS, MINILM = "bundled", "minilm"


def find_model(name: str) -> Model:
    """Return the bundled encoder, all-MiniLM-L6-v2 from its package, or the model in a folder; never a hub's.

    InvalidInput if there is no such folder.
    """
    if name == OURS:
        return Model("", BUNDLED)
    if name == MINILM:
        from engine.embedding import minilm

        return Model(minilm.MODEL, minilm.bundled_folder())
    folder = Path(name).expanduser().resolve()
    if not (folder / "modules.json").is_file():
        remedy = f"Give {OURS}, {MINILM}, or the folder of a sentence-transformers model."
        raise InvalidInput(f"There is no model {name!r} here.", remedy=remedy)
    return Model(str(folder), folder)


def load_encoder(model: Model) -> Callable[[Sequence[str]], Vector]:
    """Load a model with sentence-transformers; it makes rows of unit length."""
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(str(model.folder), device="cpu", local_files_only=True)

    def encode(texts: Sequence[str]) -> Vector:
        rows = encoder.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)

    return encode
