from __future__ import annotations

import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from engine.embedding.static import StaticEmbedder, is_static_model
from engine.encoder.exporting import quantized, rotated, write_model
from engine.ports import Vector
from tests.fakes.static_model import WORDS, word_tokenizer

TEXTS = ["refund kettle", "返品 退款 a", "battery"]


@pytest.fixture
def table() -> Vector:
    spread = np.linspace(0.1, 2, 24)
    return (np.random.default_rng(3).standard_normal((len(WORDS) + 1, 24)) * spread).astype(np.float32)


def test_the_folder_holds_the_table_to_a_hundredth(table: Vector, tmp_path: Path) -> None:
    write_model(table, word_tokenizer(), tmp_path / "model", card="")
    assert is_static_model(tmp_path / "model")
    found = StaticEmbedder(tmp_path / "model").embed_passages(TEXTS)
    expected = np.stack([table[[1, 2]].sum(0), table[[5, 6, 8]].sum(0), table[3]])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(found @ found.T, expected @ expected.T, atol=0.01)


def test_sentence_transformers_reads_the_folder(table: Vector, tmp_path: Path) -> None:
    write_model(table, word_tokenizer(), tmp_path / "model", card="")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(tmp_path / "model"), device="cpu")
        vectors = model.encode([*TEXTS, "😀"], show_progress_bar=False)
    np.testing.assert_allclose(vectors, StaticEmbedder(tmp_path / "model").embed_passages([*TEXTS, "😀"]), atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_an_unknown_token_hardly_counts(table: Vector, tmp_path: Path) -> None:
    write_model(table, word_tokenizer(), tmp_path / "model", card="")
    embedder = StaticEmbedder(tmp_path / "model")
    assert embedder.embed_query("refund unheard") @ embedder.embed_query("refund") > 0.999


def test_turning_keeps_angles_and_puts_the_widest_axes_first(table: Vector) -> None:
    turned = rotated(table)
    np.testing.assert_allclose(turned @ turned.T, table @ table.T, atol=1e-3)
    widths = np.square(turned).sum(axis=0)
    assert (np.diff(widths) <= 1e-3).all()


def test_rows_of_bytes_are_the_table_but_for_rounding(table: Vector) -> None:
    table[4] = 0
    rows, weights = quantized(table)
    assert rows.dtype == np.int8
    assert np.abs(rows * weights[:, None] - table).max() <= np.abs(table).max() / 250
    assert not rows[4].any()
    assert np.isfinite(weights).all()


def test_the_files_are_those_of_a_sentence_transformers_folder(table: Vector, tmp_path: Path) -> None:
    write_model(table, word_tokenizer(), tmp_path / "model", card="# Mine\n")
    names = {path.name for path in (tmp_path / "model").iterdir()}
    assert {
        "README.md",
        "config_sentence_transformers.json",
        "model.safetensors",
        "modules.json",
        "tokenizer.json",
    } <= names
    assert (tmp_path / "model" / "README.md").read_text("utf-8") == "# Mine\n"
    assert load_file(tmp_path / "model" / "model.safetensors")["embeddings"].shape == table.shape
    tokenizer = (tmp_path / "model" / "tokenizer.json").read_text("utf-8")
    assert "返品" in tokenizer
    assert json.loads(tokenizer) == json.loads(word_tokenizer().to_str())
