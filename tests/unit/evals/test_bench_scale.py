"""How search, memory and disk grow with the number of chunks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.errors import InvalidInput
from engine.ports import StoreQuery
from evals.bench.cli import app
from evals.bench.latency import Latency
from evals.bench.scale.command import scale_page
from evals.bench.scale.corpus import PORTION, Corpus
from evals.bench.scale.measuring import Built, Read, SizeBench, _Exact, measure_size

TIMES = Latency(10, 2.0, 4.0, 5.0, 2.5)


def bench(chunks: int, factor: float = 1.0) -> SizeBench:
    return SizeBench(
        chunks, Built(900.0, 1.5, TIMES), Read(0.2, TIMES, TIMES, 1.9, 0.98, 1.1, 120.0 * factor, 60.0 * factor)
    )


def test_chunks_are_the_same_whatever_the_size() -> None:
    (small,), (first, second) = Corpus().portions(PORTION), Corpus().portions(PORTION + 10)
    assert [chunk.record for chunk in first] == [chunk.record for chunk in small]
    np.testing.assert_array_equal(first[3].dense, small[3].dense)
    assert len(second) == 10
    assert len({chunk.record.chunk_id for chunk in (*first, *second)}) == PORTION + 10
    assert len({chunk.record.text for chunk in first}) == PORTION


def test_another_seed_gives_other_chunks() -> None:
    texts = [next(Corpus(seed=seed).portions(10))[0].record.text for seed in (1, 2)]
    assert texts[0] != texts[1]


def test_a_stretch_of_chunks_has_one_context() -> None:
    (portion,) = Corpus().portions(20)
    assert [chunk.context is not None for chunk in portion] == [True, False, False, False, False] * 4
    assert len({chunk.record.context_id for chunk in portion}) == 4


def test_searches_ask_for_words_of_chunks() -> None:
    corpus = Corpus()
    (portion,) = corpus.portions(50)
    queries = corpus.queries(50, 8)
    assert len(queries) == 8
    dense = np.stack([chunk.dense for chunk in portion])
    assert all((dense @ query.dense).max() > 0.6 for query in queries if query.dense is not None)
    assert all(query.sparse and query.context for query in queries)


def test_texts_of_ones_own_are_taken_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(json.dumps({"text": f"Sentence {number}."}) + "\n" for number in range(12)))
    (portion,) = Corpus(path).portions(12)
    assert portion[11].record.text == "Sentence 11."
    with pytest.raises(InvalidInput, match="fewer than 13"):
        list(Corpus(path).portions(13))


def test_exact_search_over_portions_is_exact() -> None:
    vectors = np.random.default_rng(0).standard_normal((60, 8)).astype(np.float32)
    queries = [StoreQuery(dense=row) for row in vectors[:3]]
    best = _Exact(queries)
    for begin in range(0, 60, 25):
        best.look_at([str(at) for at in range(begin, min(begin + 25, 60))], vectors[begin : begin + 25])
    expected = np.argsort(-(vectors[:3] @ vectors.T), axis=1)[:, :10]
    assert best.ids() == [[str(at) for at in row] for row in expected]


def test_a_size_is_measured(tmp_path: Path) -> None:
    found = measure_size(300, tmp_path / "index", Corpus(), queries=20, quantized=False)
    assert found.chunks == 300
    assert found.read.recall == 1
    assert found.read.search.calls == 20
    assert (
        min(
            found.built.chunks_per_s,
            found.read.search_cpu_ms,
            found.read.memory_mb,
            found.read.disk_mb,
            found.read.update_ms,
        )
        > 0
    )


def test_what_was_built_before_is_only_read(tmp_path: Path) -> None:
    first, second = (measure_size(120, tmp_path, Corpus(), queries=5, quantized=False) for _ in range(2))
    assert second.built == first.built
    assert (first.read.recall, second.read.recall) == (1, 1)


def test_the_page_has_curves_with_sizes_along_a_scale_of_tens() -> None:
    page = scale_page([bench(1000), bench(10_000, 3), bench(100_000, 20)], ["Note."])
    assert "Recall@10 of dense search" in page
    assert page.count("<polyline") >= 5
    assert ">100,000<" in page
    assert ">4000<" in page  # MB, the upper end
    assert 'x="160.0"' in page  # 10,000 in the middle


def test_the_command_tells_of_each_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(size: int, folder: Path, corpus: Corpus, *, queries: int, quantized: bool) -> SizeBench:
        assert folder.is_dir()
        assert (queries, quantized) == (7, True)
        return bench(size)

    monkeypatch.setattr("evals.bench.scale.command.measure_size", measured)
    words = ["scale", "--size", "2000", "--size", "500", "--queries", "7", "--quantized"]
    result = CliRunner().invoke(app, [*words, "--html", str(tmp_path / "page.html"), "--json"])
    assert result.exit_code == 0, result.output
    assert [size["chunks"] for size in json.loads(result.stdout)] == [500, 2000]
    assert "8-bit" in (tmp_path / "page.html").read_text(encoding="utf-8")
    shown = CliRunner().invoke(app, words).stdout
    assert "recall" in shown
    assert len(shown.splitlines()) > 4
