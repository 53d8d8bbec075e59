from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.embedding.encoder import Encoder, Role
from engine.embedding.sentence_transformer import SentenceTransformerEmbedder
from engine.errors import BackendFailed, Misconfigured
from engine.ports import EmbedderInfo, Vector


class Stub:
    """An encoder that gives the rows it was made with."""

    info = EmbedderInfo("stub", "1", 2, normalized=True)

    def __init__(self, rows: Sequence[Sequence[float]] | RuntimeError) -> None:
        self.rows = rows
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str], role: Role) -> Vector:
        self.seen += texts
        if isinstance(self.rows, RuntimeError):
            raise self.rows
        return np.array(self.rows, dtype=np.float32)


def embedder(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> SentenceTransformerEmbedder:
    made = SentenceTransformerEmbedder("stub")

    def load() -> Encoder:
        return stub

    monkeypatch.setattr(made, "_load", load)
    return made


def test_rows_become_unit_length(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = embedder(Stub([[3, 4], [0, 0.5]]), monkeypatch).embed_passages(["a", "b"])
    np.testing.assert_allclose(vectors, np.array([[0.6, 0.8], [0, 1]]), atol=1e-6)


def test_a_zero_row_becomes_the_diagonal(monkeypatch: pytest.MonkeyPatch) -> None:
    np.testing.assert_allclose(embedder(Stub([[0, 0]]), monkeypatch).embed_query("x"), np.full(2, 0.5**0.5), atol=1e-6)


def test_nonsense_for_blank_text_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = embedder(Stub([[np.nan, np.inf], [1, 0]]), monkeypatch).embed_passages([" ", "x"])
    np.testing.assert_allclose(vectors, np.array([[0.5**0.5, 0.5**0.5], [1, 0]]), atol=1e-6)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_nonsense_for_text_is_a_failure(monkeypatch: pytest.MonkeyPatch, number: float) -> None:
    with pytest.raises(BackendFailed, match="not finite"):
        embedder(Stub([[number, 1]]), monkeypatch).embed_query("secret")


def test_a_failure_of_the_model_does_not_quote_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BackendFailed, match="embedding_batch_size") as caught:
        embedder(Stub(RuntimeError("out of memory at secret")), monkeypatch).embed_query("secret")
    assert "secret" not in str(caught.value)


def test_lone_surrogates_do_not_reach_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    stub = Stub([[1, 0], [1, 0]])
    embedder(stub, monkeypatch).embed_passages(["a\ud800b", "好"])
    assert stub.seen == ["a?b", "好"]


def test_the_settings_languages_replace_the_models(tiny_model: Path) -> None:
    assert SentenceTransformerEmbedder(str(tiny_model)).info.languages == {"en", "ja"}
    chosen = SentenceTransformerEmbedder(str(tiny_model), languages=("zh-Hans", "KO"))
    assert chosen.info.languages == {"zh", "ko"}
    assert SentenceTransformerEmbedder(languages=("fr",)).info.languages == {"fr"}


def test_construction_loads_nothing() -> None:
    missing = SentenceTransformerEmbedder("/no/such/folder")
    with pytest.raises(Misconfigured, match="/no/such/folder"):
        missing.embed_query("x")


def test_the_model_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = SentenceTransformerEmbedder("stub")
    loads: list[Encoder] = []

    def load() -> Encoder:
        loads.append(Stub([[1, 0]]))
        return loads[-1]

    monkeypatch.setattr(made, "_load", load)
    made.embed_query("x")
    made.embed_query("y")
    assert made.info.model == "stub"
    assert len(loads) == 1
