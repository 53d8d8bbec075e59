"""Speed of an encoder beside another one."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.errors import InvalidInput
from engine.ports import Vector
from evals.bench.cli import app
from evals.bench.encoder import SLOW_PASSAGES, bench_encoder
from tests.fakes.embedding import HashEmbedder


class Slow(HashEmbedder):
    """Takes its time, and counts what it embeds."""

    def __init__(self) -> None:
        super().__init__(8)
        self.embedded = 0

    def embed_query(self, text: str) -> Vector:
        time.sleep(0.005)
        return super().embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.embedded += len(texts)
        time.sleep(0.001 * len(texts))
        return super().embed_passages(texts)


def test_the_faster_one_has_ratios_above_one() -> None:
    slow = Slow()
    texts = [f"passage {number}" for number in range(SLOW_PASSAGES + 50)]
    found = bench_encoder(HashEmbedder(8), slow, passages=texts, queries=["a", "b", "c"])
    document = found.as_json()
    assert found.passages_per_s > found.reference_passages_per_s
    assert found.query.p50_ms < found.reference_query.p50_ms
    assert document["passages_ratio"] == pytest.approx(found.passages_per_s / found.reference_passages_per_s, abs=0.06)
    assert document["query_ratio"] == pytest.approx(found.reference_query.p50_ms / found.query.p50_ms, abs=0.06)
    assert slow.embedded == SLOW_PASSAGES + 1  # a sample, and the first to warm up


@pytest.mark.parametrize(("passages", "queries"), [([], ["a"]), (["a"], [])])
def test_without_texts_there_is_nothing_to_time(passages: list[str], queries: list[str]) -> None:
    with pytest.raises(InvalidInput, match="nothing to embed"):
        bench_encoder(HashEmbedder(8), HashEmbedder(8), passages=passages, queries=queries)


def test_the_command_names_both_figures(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"text": "How long is the warranty?"}\n{"text": "Two years."}\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["encoder", "--passages", str(texts), "--queries", str(texts)])
    assert result.exit_code == 0, result.output
    assert {"passages_ratio", "query_ratio"} <= json.loads(result.stdout).keys()
