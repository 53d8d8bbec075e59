"""What every adapter of the VectorStore port must do with snapshots, its own and those of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import Conflict, InvalidInput
from engine.ports import IndexedChunk, StoreQuery, StoreResult, VectorStore
from engine.stores import snapshot as snapshot_module
from tests.fakes.stores import ADAPTERS, DIMENSION, chunk, ids, opened, sparse, unit

QUERY = StoreQuery(dense=unit(1.0), sparse=sparse({1: 1.0, 2: 1.0}), context=sparse({9: 1.0}))


def shelf(count: int) -> list[IndexedChunk]:
    random = np.random.RandomState(1)
    return [
        chunk(
            f"{n}",
            f"d{n % 9}",
            dense=unit(*random.randn(DIMENSION)),
            terms={} if n % 5 == 0 else {n % 3: 1.5, 100 + n: 1.0},
            around={9: 1.0 + n} if n % 4 == 0 else None,
            title=f"番号 {n} \ud800",
        )
        for n in range(count)
    ]


def assert_same(one: StoreResult, other: StoreResult) -> None:
    for name in ("dense", "sparse", "context"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert [hit.record for hit in mine] == [hit.record for hit in theirs]
        np.testing.assert_allclose([hit.score for hit in mine], [hit.score for hit in theirs], atol=1e-4)


@pytest.fixture(params=ADAPTERS)
def store(request: pytest.FixtureRequest) -> Iterator[VectorStore]:
    with opened(request.param, used=("kb", "copy")) as store:
        store.create("kb", DIMENSION)
        yield store


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_module, "CHUNKS_IN_PART", 50)


@pytest.mark.parametrize("count", [0, 1, 123])
def test_a_snapshot_restores_the_index_as_it_was(store: VectorStore, tmp_path: Path, count: int) -> None:
    store.upsert("kb", shelf(count))
    store.delete_document("kb", "d3")
    before, records = store.search("kb", QUERY), list(store.records("kb"))
    store.snapshot("kb", tmp_path / "snapshot")
    store.delete_document("kb", "d1")
    store.upsert("kb", [chunk("new", terms={1: 50.0})])
    store.restore("kb", tmp_path / "snapshot")
    assert list(store.records("kb")) == records
    assert_same(store.search("kb", QUERY), before)
    store.upsert("kb", [chunk("new", terms={1: 50.0})])
    assert ids(store.search("kb", QUERY).sparse)[0] == "new"


def test_a_snapshot_restores_what_is_gone_and_under_another_name(store: VectorStore, tmp_path: Path) -> None:
    store.upsert("kb", shelf(20))
    before = store.search("kb", QUERY)
    store.snapshot("kb", tmp_path / "deep" / "snapshot")
    store.drop("kb")
    for name in ("kb", "copy"):
        store.restore(name, tmp_path / "deep" / "snapshot")
        assert_same(store.search(name, QUERY), before)
    with pytest.raises(Conflict):
        store.create("copy", DIMENSION + 1)


def test_restoring_changes_the_dimension(store: VectorStore, tmp_path: Path) -> None:
    store.snapshot("kb", tmp_path / "snapshot")
    store.drop("kb")
    store.create("kb", 9)
    store.restore("kb", tmp_path / "snapshot")
    store.upsert("kb", shelf(1))
    assert store.count("kb") == 1


def test_a_snapshot_does_not_overwrite(store: VectorStore, tmp_path: Path) -> None:
    store.snapshot("kb", tmp_path / "snapshot")
    with pytest.raises(Conflict, match="exists already"):
        store.snapshot("kb", tmp_path / "snapshot")


@pytest.mark.parametrize("damage", ["gone", "foreign", "format", "part gone", "part cut", "part short"])
def test_a_damaged_snapshot_leaves_the_index_alone(store: VectorStore, tmp_path: Path, damage: str) -> None:
    store.upsert("kb", shelf(123))
    snapshot = tmp_path / "snapshot"
    store.snapshot("kb", snapshot)
    manifest, part = snapshot / "manifest.json", snapshot / "part-00002.npz"
    if damage == "gone":
        manifest.unlink()
    elif damage == "foreign":
        manifest.write_text("[1]")
    elif damage == "format":
        manifest.write_text(manifest.read_text().replace("knowdesk-index/1", "knowdesk-index/2"))
    elif damage == "part gone":
        part.unlink()
    elif damage == "part cut":
        part.write_bytes(part.read_bytes()[:-200])
    else:
        manifest.write_text(manifest.read_text().replace("23]", "24]"))
    with pytest.raises(InvalidInput, match="no complete snapshot"):
        store.restore("kb", snapshot)
    assert store.count("kb") == 123
    assert store.search("kb", replace(QUERY, limit=3)).dense


@pytest.mark.parametrize("source", ADAPTERS)
def test_an_index_moves_from_one_store_to_another(store: VectorStore, source: str, tmp_path: Path) -> None:
    with opened(source, used=("origin",)) as origin:
        origin.create("origin", DIMENSION)
        origin.upsert("origin", shelf(60))
        origin.snapshot("origin", tmp_path / "snapshot")
        before, records = origin.search("origin", QUERY), list(origin.records("origin"))
    store.restore("kb", tmp_path / "snapshot")
    assert list(store.records("kb")) == records
    assert_same(store.search("kb", QUERY), before)
