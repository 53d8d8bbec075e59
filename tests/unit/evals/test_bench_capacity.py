from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import evals.bench.capacity
from engine.assembly import build_engine
from engine.settings import load_settings
from evals.bench.capacity import Costs, generated_pages, measure_costs, need_of
from evals.bench.cli import app
from tests.fakes.embedding import HashEmbedder

COSTS = Costs(
    chunks=1000,
    chunks_of_a_document=4.0,
    index_bytes=3000.0,
    database_bytes=2000.0,
    memory_bytes=2000.0,
    process_bytes=3e8,
    vector_bytes=1400,
    ingested_per_second=100.0,
    search_ms=3.0,
    answer_ms=9.0,
)


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evals.bench.capacity, "build_engine", lambda each: build_engine(each, embedder=HashEmbedder()))


def test_a_need_is_the_cost_times_the_chunks() -> None:
    need = need_of(COSTS, 1_000_000)
    assert (need.documents, need.index_gb, need.database_gb, need.memory_gb) == (250_000, 3.0, 2.0, 2.0)
    assert need.int8_memory_gb == pytest.approx(2.0 - 1.05)
    assert need.ingestion_core_hours == pytest.approx(2.78, abs=0.01)
    assert need.machines == 1


def test_machines_are_as_many_as_hold_the_index_and_its_copies() -> None:
    assert [need_of(COSTS, 100_000_000, replicas=replicas).machines for replicas in (1, 2)] == [5, 9]
    assert need_of(COSTS, 100_000_000, machine_gb=16).machines == 17


def test_vectors_are_the_least_that_memory_holds() -> None:
    mapped = Costs(**{**{name: getattr(COSTS, name) for name in COSTS.__slots__}, "memory_bytes": 10.0})
    assert need_of(mapped, 1_000_000).memory_gb == 1.4


def test_pages_are_the_same_each_time_and_differ() -> None:
    first, again = list(generated_pages(40)), list(generated_pages(40))
    assert len(first) == 10
    assert [page.read() for page in first] == [page.read() for page in again]
    assert len({page.read() for page in first}) == 10
    assert list(generated_pages(40, seed=1))[0].read() != first[0].read()  # noqa: RUF015


def test_costs_are_measured(tmp_path: Path) -> None:
    costs = measure_costs(load_settings(data_dir=tmp_path / "data"), chunks=40, questions=2)
    assert costs.chunks >= 40
    assert costs.chunks_of_a_document == costs.chunks / 10
    assert costs.vector_bytes == 4 * HashEmbedder().info.dimension
    assert min(costs.index_bytes, costs.database_bytes, costs.memory_bytes) >= 0
    assert min(costs.process_bytes, costs.ingested_per_second, costs.search_ms, costs.answer_ms) > 0


def test_the_command_prints_costs_and_needs() -> None:
    found = CliRunner().invoke(app, ["capacity", "--chunks", "8", "--questions", "1", "--json"])
    assert found.exit_code == 0, found.output
    shown = json.loads(found.stdout)
    assert [need["chunks"] for need in shown["needs"]] == [10_000, 1_000_000, 100_000_000]
    assert shown["costs"]["chunks"] > 0
    table = CliRunner().invoke(app, ["capacity", "--chunks", "8", "--questions", "1"])
    assert "100,000,000" in table.output
