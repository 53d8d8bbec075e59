"""Write a table as a sentence-transformers folder with int8 rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from engine.ports import Vector

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["quantized", "rotated", "write_model"]

_LEVELS: Final = 127
_UNKNOWN: Final = 1e-3  # share of an average row: an unknown token hardly counts, yet has a direction
_TYPE: Final = "sentence_transformers.sentence_transformer.modules."


def write_model(table: Vector, tokenizer: Tokenizer, folder: Path, *, card: str) -> None:
    """Write the rows of all tokens, row 0 being the unknown one, with their tokenizer.

    The rows are turned to their principal axes first: cosines stay, and the leading dimensions alone are the best
    shorter vectors there are without training for them.
    """
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    turned = rotated(table)
    turned[0] = _UNKNOWN * np.abs(turned[1:]).mean()
    rows, weights = quantized(turned)
    save_file({"embeddings": rows, "weights": weights}, folder / "model.safetensors", metadata={"format": "pt"})
    compact = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(compact, "utf-8")
    (folder / "modules.json").write_text(json.dumps(_MODULES, indent=2) + "\n", "utf-8")
    (folder / "config_sentence_transformers.json").write_text(json.dumps(_CONFIG, indent=2) + "\n", "utf-8")
    (folder / "README.md").write_text(card, "utf-8")


def rotated(table: Vector) -> Vector:
    """Return the rows on their principal axes, the widest first."""
    _, axes = np.linalg.eigh(table.T.astype(np.float64) @ table)
    turned: Vector = table @ axes[:, ::-1].astype(np.float32)
    return turned


def quantized(table: Vector) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int8]], Vector]:
    """Return int8 rows and a weight for each, whose product is the table to a 254th of each row's largest number."""
    weights = np.maximum(np.abs(table).max(axis=1), np.finfo(np.float32).tiny) / _LEVELS
    rows = np.rint(table / weights[:, None]).clip(-_LEVELS, _LEVELS).astype(np.int8)
    return rows, weights.astype(np.float32)


_MODULES: Final = [
    {"idx": 0, "name": "0", "path": "", "type": _TYPE + "StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": _TYPE + "Normalize"},
]
_CONFIG: Final = {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine", "prompts": {}}
