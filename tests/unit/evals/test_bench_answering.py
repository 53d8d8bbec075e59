"""How long an answer takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.assembly import build_engine
from engine.errors import InvalidInput, NotFound
from engine.service import Engine
from engine.settings import load_settings
from evals.bench.answering import bench_answer
from evals.bench.cli import app
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.sources import MemoryFile
from tests.fakes.embedding import HashEmbedder

QUESTIONS = ["How long may I return it?", "保修多久？", "Where is the lid?"]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    built = build_engine(load_settings(data_dir=tmp_path / "data"))
    built.create_knowledge_base("bench")
    files = [MemoryFile("returns.txt", b"You may return it within 30 days.", "Returns", ".txt")]
    list(ingest(files, target=target_of(built, "bench"), source="test"))
    return built


def test_stages_and_ratios_are_told(engine: Engine) -> None:
    found = bench_answer(engine, "bench", QUESTIONS, reference=HashEmbedder(8))
    document = found.as_json()
    engine.close()
    assert found.chunks == 1
    assert found.answer.calls == found.embedding.calls == len(QUESTIONS)
    assert {"search", "rerank", "extract"} <= found.stages_ms.keys()
    assert document["median_ratio"] == pytest.approx(found.answer.p50_ms / found.embedding.p50_ms, abs=0.001)
    assert isinstance(document["stage_ratios"], dict)
    assert document["stage_ratios"].keys() == found.stages_ms.keys()


def test_an_empty_or_unknown_knowledge_base_is_named(engine: Engine) -> None:
    with pytest.raises(NotFound):
        bench_answer(engine, "nowhere", QUESTIONS, reference=HashEmbedder(8))
    engine.create_knowledge_base("empty")
    with pytest.raises(InvalidInput, match="empty"):
        bench_answer(engine, "empty", QUESTIONS, reference=HashEmbedder(8))
    engine.close()


def test_the_command_prints_one_json_document(engine: Engine, tmp_path: Path) -> None:
    engine.close()
    queries = tmp_path / "queries.jsonl"
    queries.write_text("".join(f"{json.dumps({'text': each})}\n" for each in QUESTIONS), encoding="utf-8")
    words = ["answer", "--queries", str(queries), "--data-dir", str(tmp_path / "data")]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert {"median_ratio", "stages_ms", "embedding"} <= json.loads(result.stdout).keys()
