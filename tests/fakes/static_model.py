"""Small static models in the layouts that the adapter reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

__all__ = ["WORDS", "save_static_model", "word_tokenizer"]

WORDS = ("refund", "kettle", "battery", "delivery", "返品", "退款", "lone", "a")
_TYPE = "sentence_transformers.sentence_transformer.modules."


def word_tokenizer(words: Sequence[str] = WORDS) -> Tokenizer:
    """Return a tokenizer that knows `words` and nothing else; the unknown token is 0."""
    vocabulary = {word: number for number, word in enumerate(("[UNK]", *words))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", continuing_subword_prefix=""))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def save_static_model(
    folder: Path,
    *,
    tensors: Mapping[str, NDArray[np.generic]] | None = None,
    words: Sequence[str] = WORDS,
    languages: Sequence[str] = ("en", "ja"),
) -> Path:
    """Write a static model; without `tensors`, with int8 rows drawn at random."""
    folder.mkdir(parents=True)
    random = np.random.default_rng(7)
    rows = random.integers(-127, 128, (len(words) + 1, 16)).astype(np.int8)
    weights = np.linspace(0.5, 1.5, len(words) + 1, dtype=np.float32)
    save_file(dict(tensors or {"embeddings": rows, "weights": weights}), folder / "model.safetensors")
    word_tokenizer(words).save(str(folder / "tokenizer.json"))
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": _TYPE + "StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": _TYPE + "Normalize"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules), "utf-8")
    listed = "".join(f"- {language}\n" for language in languages)
    (folder / "README.md").write_text(f"---\nlanguage:\n{listed}---\n# Tiny\n", "utf-8")
    return folder
