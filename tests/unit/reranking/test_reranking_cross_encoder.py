"""A cross-encoder by name or path."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.assembly import build_engine
from engine.embedding.late_interaction import LateInteraction
from engine.errors import BackendFailed, Misconfigured
from engine.reranking.cross_encoder import CrossEncoderReranker
from engine.settings import load_settings
from tests.fakes.cross_encoder import tiny_cross_encoder
from tests.fakes.embedding import HashEmbedder


class Stub:
    """A model that gives what it was made with."""

    def __init__(self, scores: object) -> None:
        self.scores = scores
        self.pairs: list[tuple[str, str]] = []

    def predict(self, pairs: list[tuple[str, str]], **_: object) -> object:
        self.pairs += pairs
        if isinstance(self.scores, Exception):
            raise self.scores
        return self.scores


def stubbed(scores: object, monkeypatch: pytest.MonkeyPatch) -> CrossEncoderReranker:
    reranker = CrossEncoderReranker("some/model")
    monkeypatch.setattr(reranker, "_loaded", Stub(scores))
    return reranker


def test_relevance_is_a_probability(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tiny_cross_encoder(tmp_path)), batch_size=2)
    found = reranker.relevance("warranty", ["the warranty of the kettle", "opening hours", "delivery"])
    assert found.dtype == np.float32
    assert ((found > 0) & (found < 1)).all()
    assert len(set(found.tolist())) == 3


def test_the_folder_may_be_given_relative_to_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    tiny_cross_encoder(tmp_path / "model")
    assert CrossEncoderReranker("~/model").relevance("warranty", ["kettle"]).shape == (1,)


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="nowhere could not be loaded on cpu"):
        CrossEncoderReranker(str(tmp_path / "nowhere")).relevance("warranty", ["kettle"])


def test_a_model_with_several_numbers_a_text_is_no_reranker(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tiny_cross_encoder(tmp_path, labels=3)))
    with pytest.raises(Misconfigured, match="several numbers"):
        reranker.relevance("warranty", ["kettle", "delivery"])


@pytest.mark.parametrize("scores", [[np.nan, 1.0], [np.inf, 0.0]])
def test_nonsense_is_a_failure(monkeypatch: pytest.MonkeyPatch, scores: list[float]) -> None:
    with pytest.raises(BackendFailed, match="not finite"):
        stubbed(scores, monkeypatch).relevance("secret", ["a", "b"])


def test_a_model_that_breaks_down_is_a_failure_that_quotes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BackendFailed, match="failed on cpu") as error:
        stubbed(RuntimeError("out of memory: secret"), monkeypatch).relevance("secret", ["a"])
    assert "secret" not in str(error.value)


def test_without_texts_nothing_is_loaded() -> None:
    assert CrossEncoderReranker("no/such/model").relevance("warranty", []).shape == (0,)


def test_the_setting_chooses_the_reranker(tmp_path: Path) -> None:
    def reranker(chosen: str) -> object:
        settings = load_settings(data_dir=tmp_path / chosen.replace("/", "-"), reranker=chosen)
        engine = build_engine(settings, embedder=HashEmbedder())
        engine.close()
        return engine.parts.reranker

    assert reranker("none") is None
    assert isinstance(reranker("late_interaction"), LateInteraction)
    assert isinstance(reranker("some/model"), CrossEncoderReranker)


def test_importing_it_loads_no_torch() -> None:
    code = "import sys, engine.reranking.cross_encoder; print('torch' in sys.modules, 'transformers' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    assert said.stdout.split() == ["False", "False"]
