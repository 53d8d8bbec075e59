"""Measuring ingestion and search on small folders with the real pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.assembly import build_engine
from engine.errors import InvalidInput, NotFound
from engine.service import Engine
from engine.settings import load_settings
from evals.bench import cli
from evals.bench.ingestion import bench_ingest
from evals.bench.searching import bench_search
from tests.fakes.embedding import HashEmbedder


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    built = build_engine(load_settings(data_dir=tmp_path / "data"), embedder=HashEmbedder())
    yield built
    built.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "pages"
    place.mkdir()
    (place / "a.md").write_text("# Kettle\n\nDescale it every two months.\n", encoding="utf-8")
    (place / "b.md").write_text("# Returns\n\nYou have 30 days.\n", encoding="utf-8")
    (place / "c.md").write_text("# 保修\n\n保修期为两年。\n", encoding="utf-8")
    return place


def run(engine: Engine, folder: Path, scratch: Path) -> tuple[dict[str, object], list[str]]:
    said: list[str] = []
    scratch.mkdir()
    return bench_ingest(engine, "bench", folder, scratch=scratch, say=said.append).as_json(), said


def test_counts_of_all_runs_are_reported(engine: Engine, folder: Path, tmp_path: Path) -> None:
    found, said = run(engine, folder, tmp_path / "scratch")
    assert (found["documents"], found["failed"], found["chunks"]) == (3, 0, 3)
    assert found["second_run"] == {"unchanged": 3, "seconds": pytest.approx(0, abs=5)}
    changed = found["one_renamed_one_edited"]
    assert isinstance(changed, dict)
    assert {name: changed[name] for name in ("added", "changed", "deleted", "unchanged")} == {
        "added": 1,
        "changed": 1,
        "deleted": 1,
        "unchanged": 1,
    }
    assert len(said) == 3


def test_the_measured_folder_is_not_changed(engine: Engine, folder: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run(engine, folder, tmp_path / "scratch")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_ratios_are_between_measured_times(engine: Engine, folder: Path, tmp_path: Path) -> None:
    found, _ = run(engine, folder, tmp_path / "scratch")
    ratio, bare, whole = (
        found[name] for name in ("throughput_ratio", "bare_encoder_chunks_per_second", "chunks_per_second")
    )
    assert isinstance(ratio, float)
    assert isinstance(bare, float)
    assert isinstance(whole, float)
    assert ratio > 0
    assert bare > 0
    assert whole > 0
    share = found["embedding_share"]
    assert isinstance(share, float)
    assert 0 <= share < 1


def test_a_folder_without_documents_is_refused(engine: Engine, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(InvalidInput, match="Nothing in empty"):
        run(engine, empty, tmp_path / "scratch")


def test_search_is_timed_beside_the_embedding(engine: Engine, folder: Path, tmp_path: Path) -> None:
    run(engine, folder, tmp_path / "scratch")
    found = bench_search(engine, "bench", ["how long to return", "保修多久", "descale kettle"])
    assert found.chunks >= 3
    assert found.search.calls == found.embedding.calls == 3
    assert set(found.as_json()) == {"chunks", "search", "query_embedding", "median_ratio"}


def test_an_empty_or_unknown_knowledge_base_is_named(engine: Engine) -> None:
    with pytest.raises(NotFound):
        bench_search(engine, "nowhere", ["question"])
    engine.create_knowledge_base("empty")
    with pytest.raises(InvalidInput, match="empty"):
        bench_search(engine, "empty", ["question"])


def test_the_command_prints_one_json_document(
    engine: Engine, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.assembly.build_engine", lambda _settings: engine)
    monkeypatch.setattr(engine, "close", lambda: None)
    found = CliRunner().invoke(cli.app, ["ingest", str(folder), "--json"])
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["documents"] == 3
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"_id": "en:1", "text": "descale"}\n{"_id": "ja:1", "text": "保証"}\n', encoding="utf-8")
    found = CliRunner().invoke(cli.app, ["search", "--queries", str(queries), "--prefix", "en:", "--json"])
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["search"]["calls"] == 1


def test_the_command_names_a_missing_file(tmp_path: Path) -> None:
    found = CliRunner().invoke(cli.app, ["search", "--queries", str(tmp_path / "none.jsonl")])
    assert found.exit_code == 2
