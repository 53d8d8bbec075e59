"""Speed of encoders beside one another."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.embedding.onnx import OnnxEmbedder
from engine.embedding.prepared import Precision, Prepared
from engine.errors import InvalidInput
from engine.ports import Vector
from evals.bench.cli import app
from evals.bench.encoder import ROUNDS, bench_encoders, encoders, torch_threads
from tests.fakes.embedding import HashEmbedder


class Slow(HashEmbedder):
    """Takes its time, and counts what it embeds."""

    def __init__(self, dimension: int) -> None:
        super().__init__(dimension)
        self.embedded = 0

    def embed_query(self, text: str) -> Vector:
        time.sleep(0.005)
        return super().embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.embedded += len(texts)
        time.sleep(0.001 * len(texts))
        return np.stack([HashEmbedder(self.info.dimension).embed_query(text) for text in texts])


def test_the_faster_one_has_ratios_above_one() -> None:
    slow = Slow(8)
    texts = [f"passage {number}" for number in range(60)]
    found = bench_encoders({"slow": slow, "quick": HashEmbedder(8)}, passages=texts, queries=["a", "b", "c"])
    quick = found["quick"]
    assert found["slow"].passages_ratio == found["slow"].query_ratio == found["slow"].cpu_ratio == 1
    assert quick.passages_per_s > found["slow"].passages_per_s
    assert quick.passages_ratio == pytest.approx(quick.passages_per_s / found["slow"].passages_per_s, abs=0.01)
    assert quick.query_ratio == pytest.approx(found["slow"].query.p50_ms / quick.query.p50_ms, abs=0.01)
    assert quick.cpu_ratio < quick.passages_ratio  # who sleeps uses no processor
    assert quick.agreement == pytest.approx(1, abs=1e-5)
    assert slow.embedded == ROUNDS * 60 + 50


def test_vectors_of_other_lengths_are_not_compared() -> None:
    found = bench_encoders({"a": HashEmbedder(8), "b": HashEmbedder(16)}, passages=["x"], queries=["y"])
    assert found["b"].agreement is None


@pytest.mark.parametrize(("passages", "queries"), [([], ["a"]), (["a"], [])])
def test_without_texts_there_is_nothing_to_time(passages: list[str], queries: list[str]) -> None:
    with pytest.raises(InvalidInput, match="nothing to embed"):
        bench_encoders({"a": HashEmbedder(8)}, passages=passages, queries=queries)


def test_what_was_prepared_takes_part(tiny_transformer: Path, tiny_prepared: dict[Precision, Prepared]) -> None:
    root = tiny_prepared[Precision.FP32].folder.parent
    assert list(encoders(str(tiny_transformer), root)) == ["sentence-transformers", "onnx fp32", "onnx int8", "static"]
    assert list(encoders("all-MiniLM-L6-v2", root)) == ["sentence-transformers", "torch alone", "static"]


def test_torch_and_what_was_prepared_have_the_same_threads(
    tiny_transformer: Path, tiny_prepared: dict[Precision, Prepared]
) -> None:
    import torch

    before = torch.get_num_threads()
    with torch_threads(before + 1):
        assert torch.get_num_threads() == before + 1
    assert torch.get_num_threads() == before
    found = encoders(str(tiny_transformer), tiny_prepared[Precision.FP32].folder.parent, threads=3)["onnx int8"]
    assert isinstance(found, OnnxEmbedder)
    assert found._options.threads == 3


def test_the_command_tells_of_each(
    tmp_path: Path,
    tiny_transformer: Path,
    tiny_prepared: dict[Precision, Prepared],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KNOWDESK_ENCODER_DIR", str(tiny_prepared[Precision.FP32].folder.parent))
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"text": "How long is the warranty?"}\n{"text": "Two years."}\n', encoding="utf-8")
    words = [
        "encoder",
        "--passages",
        str(texts),
        "--queries",
        str(texts),
        "--model",
        str(tiny_transformer),
        "--threads",
        "1",
    ]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["onnx fp32"]["agreement"] == pytest.approx(1, abs=1e-4)
    assert {"passages_ratio", "cpu_ratio", "query_ratio"} <= found["onnx int8"].keys()
