from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.embedding.static import StaticEmbedder, is_static_model, read_static_model
from engine.errors import Misconfigured
from engine.ports import Vector
from tests.fakes.static_model import WORDS, save_static_model

TEXTS = ["refund kettle", "Battery  delivery", "返品 refund 返品", "unheard of", "", "kettle " * 300, "退款"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return save_static_model(tmp_path / "tiny")


def through_sentence_transformers(folder: Path, texts: list[str]) -> Vector:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer

        vectors: Vector = SentenceTransformer(str(folder), device="cpu").encode(texts, show_progress_bar=False)
    return vectors


def test_a_static_model_is_told_from_other_folders(folder: Path, tiny_model: Path) -> None:
    assert is_static_model(folder)
    assert is_static_model(str(folder))
    assert not is_static_model(tiny_model)
    assert not is_static_model(folder / "nowhere")
    assert not is_static_model("sentence-transformers/all-MiniLM-L6-v2")


@pytest.mark.parametrize("missing", ["tokenizer.json", "model.safetensors", "modules.json"])
def test_a_folder_that_lacks_a_file_is_no_model(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    assert not is_static_model(folder)
    with pytest.raises(Misconfigured, match="no static embedding model"):
        StaticEmbedder(folder).embed_query("refund")


@pytest.mark.parametrize("modules", ["", "[]", "{}", "[1]", '[{"type": "x"}]', "\ufeff["])
def test_a_broken_list_of_modules_is_no_model(folder: Path, modules: str) -> None:
    (folder / "modules.json").write_text(modules, "utf-8")
    assert not is_static_model(folder)


def test_vectors_are_those_of_sentence_transformers(folder: Path) -> None:
    expected = through_sentence_transformers(folder, TEXTS)
    found = StaticEmbedder(folder).embed_passages(TEXTS)
    known = [at for at, text in enumerate(TEXTS) if text]
    np.testing.assert_allclose(found[known], expected[known], atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_rows_shared_by_tokens_are_those_of_sentence_transformers(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    tensors: dict[str, NDArray[Any]] = {
        "embeddings": random.integers(-127, 128, (4, 8)).astype(np.int8),
        "mapping": random.integers(0, 4, len(WORDS) + 1),
        "weights": random.random(len(WORDS) + 1).astype(np.float32),
    }
    folder = save_static_model(tmp_path / "shared", tensors=tensors)
    found = StaticEmbedder(folder).embed_passages(TEXTS[:3])
    np.testing.assert_allclose(found, through_sentence_transformers(folder, TEXTS[:3]), atol=1e-5)
    spread = read_static_model(folder).table
    np.testing.assert_allclose(spread[2], tensors["embeddings"][tensors["mapping"][2]] * tensors["weights"][2])


@pytest.mark.parametrize("kind", [np.float16, np.float32])
def test_plain_weights_are_read_too(tmp_path: Path, kind: type[np.floating]) -> None:
    rows = np.random.default_rng(2).standard_normal((len(WORDS) + 1, 8)).astype(kind)
    folder = save_static_model(tmp_path / "plain", tensors={"embedding.weight": rows})
    found = StaticEmbedder(folder).embed_query("kettle refund kettle")
    expected = rows[[2, 1, 2]].astype(np.float32).sum(axis=0)
    np.testing.assert_allclose(found, expected / np.linalg.norm(expected), atol=1e-5)


def test_the_vector_is_the_weighted_mean_of_the_words(folder: Path) -> None:
    table = read_static_model(folder).table
    expected = 2 * table[1] + table[3]
    found = StaticEmbedder(folder).embed_query("refund battery refund")
    np.testing.assert_allclose(found, expected / np.linalg.norm(expected), atol=1e-5)


def test_many_texts_are_embedded_as_one_by_one(folder: Path) -> None:
    embedder = StaticEmbedder(folder)
    texts = [" ".join(WORDS[: at % len(WORDS) + 1]) for at in range(150)]
    alone = np.stack([embedder.embed_query(text) for text in texts])
    np.testing.assert_allclose(embedder.embed_passages(texts), alone, atol=1e-6)


def test_text_without_a_known_token_is_a_unit_vector(tmp_path: Path) -> None:
    rows = np.zeros((len(WORDS) + 1, 4), dtype=np.float32)
    embedder = StaticEmbedder(save_static_model(tmp_path / "zero", tensors={"embedding.weight": rows}))
    for text in ("", "unheard", "\ud800", "😀"):
        np.testing.assert_allclose(embedder.embed_query(text), 0.5)


def test_info_names_the_folder_the_languages_and_the_size(folder: Path) -> None:
    info = StaticEmbedder(folder).info
    assert (info.model, info.dimension, info.normalized) == ("tiny", 16, True)
    assert info.languages == {"en", "ja"}
    assert info.understands("ja-JP")
    assert not info.understands("de")


def test_given_languages_replace_those_of_the_card(folder: Path) -> None:
    assert StaticEmbedder(folder, languages=("zh-Hant", "DE")).info.languages == {"zh", "de"}


@pytest.mark.parametrize("card", [None, "# No front matter", "---\nlicense: mit\n---\n"])
def test_without_declared_languages_all_are_understood(folder: Path, card: str | None) -> None:
    (folder / "README.md").unlink()
    if card is not None:
        (folder / "README.md").write_text(card, "utf-8")
    assert StaticEmbedder(folder).info.understands("xx")


def test_the_revision_is_that_of_the_content(folder: Path, tmp_path: Path) -> None:
    revision = StaticEmbedder(folder).info.revision
    assert len(revision) == 32
    moved = folder.rename(tmp_path / "moved")
    assert StaticEmbedder(moved).info.revision == revision
    (moved / "README.md").write_text("other words", "utf-8")
    assert StaticEmbedder(moved).info.revision == revision
    weights = bytearray((moved / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (moved / "model.safetensors").write_bytes(weights)
    assert StaticEmbedder(moved).info.revision != revision


def test_broken_weights_are_named(folder: Path) -> None:
    whole = (folder / "model.safetensors").read_bytes()
    for broken in (b"", b"\xff" * 8, whole[:20], whole[: len(whole) // 2], b"\x02" + b"\0" * 7 + b"{}"):
        (folder / "model.safetensors").write_bytes(broken)
        with pytest.raises(Misconfigured, match=r"model\.safetensors could not be read"):
            StaticEmbedder(folder).embed_query("refund")


def test_a_broken_tokenizer_is_named(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    with pytest.raises(Misconfigured, match=r"tokenizer\.json could not be read"):
        StaticEmbedder(folder).embed_query("refund")


def test_no_torch_is_imported(folder: Path) -> None:
    script = (
        "import sys; from engine.embedding.static import StaticEmbedder; "
        f"embedder = StaticEmbedder({str(folder)!r}); embedder.embed_query('refund'); embedder.info; "
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], check=False, timeout=60)  # noqa: S603
    assert ran.returncode == 0
