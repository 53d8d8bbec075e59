"""Compaction of embedded indexes: when it happens, what it keeps, what happens meanwhile."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from engine.domain.search import SearchFilter
from engine.errors import BackendFailed
from engine.ports import StoreQuery, StoreResult
from engine.stores import edge, edge_index, edge_shard
from engine.stores.edge import EdgeStore
from tests.fakes.stores import DIMENSION, chunk, folder, idf, ids, sparse, unit

LIMIT = 200
QUERY = StoreQuery(dense=unit(1.0, 0.5), sparse=sparse({1: 1.0}), context=sparse({1: 1.0}))


@pytest.fixture
def data() -> Iterator[Path]:
    with folder() as path:
        yield path


@pytest.fixture
def store(data: Path) -> Iterator[EdgeStore]:
    store = EdgeStore(data, exact_limit=LIMIT)
    store.create("kb", DIMENSION)
    yield store
    store.close()


def fill(store: EdgeStore, start: int, stop: int) -> None:
    random = np.random.RandomState(start)
    store.upsert(
        "kb",
        [
            chunk(f"{n}", f"d{n % 10}", dense=unit(*random.randn(4)), terms={1: 1.0 + n, 10 + n: 1.0})
            for n in range(start, stop)
        ],
    )


def kept(data: Path) -> dict[str, object]:
    (path,) = data.glob("index/*/state.json")
    state: dict[str, object] = json.loads(path.read_text())
    return state


def assert_same(one: StoreResult, other: StoreResult) -> None:
    assert (ids(one.dense), ids(one.sparse)) == (ids(other.dense), ids(other.sparse))
    np.testing.assert_allclose([h.score for h in one.sparse], [h.score for h in other.sparse], rtol=1e-5)


def test_small_and_unchanged_indexes_are_left_alone(store: EdgeStore, data: Path) -> None:
    fill(store, 0, LIMIT - 1)
    shard = kept(data)["shard"]
    store.optimize("kb")
    assert kept(data)["shard"] == shard
    fill(store, LIMIT - 1, LIMIT)
    store.optimize("kb")
    compacted = kept(data)["shard"]
    assert compacted != shard
    fill(store, LIMIT, LIMIT + LIMIT // 10)
    store.optimize("kb")
    assert kept(data)["shard"] == compacted
    assert [path.name for path in data.glob("index/*/shard-*")] == [compacted]


def test_compacting_keeps_results_statistics_and_later_writes(store: EdgeStore, data: Path) -> None:
    fill(store, 0, 300)
    store.delete_document("kb", "d3")
    assert kept(data)["removed"] == 30
    before, records = store.search("kb", QUERY), list(store.records("kb"))
    store.optimize("kb")
    assert (kept(data)["compacted"], kept(data)["removed"]) == (270, 0)
    assert list(store.records("kb")) == records
    assert_same(store.search("kb", QUERY), before)
    assert store.count("kb", SearchFilter(document_ids=("d4",))) == 30
    store.delete_document("kb", "d4")
    fill(store, 0, 10)  # replaces some, and brings chunks of d3 and d4 back
    (hit,) = store.search("kb", StoreQuery(sparse=sparse({10: 1.0}))).sparse
    assert hit.score == pytest.approx(idf(242, 1), rel=1e-5)
    store.close()
    again = EdgeStore(data)
    assert again.count("kb") == 242
    (hit,) = again.search("kb", StoreQuery(sparse=sparse({10: 1.0}))).sparse
    assert hit.score == pytest.approx(idf(242, 1), rel=1e-5)
    again.close()


def test_many_deletions_are_worth_compacting(store: EdgeStore, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge_index, "FEW_REMOVED", 20)
    fill(store, 0, 150)
    store.delete_document("kb", "d1")
    store.optimize("kb")
    assert kept(data)["removed"] == 15
    store.delete_document("kb", "d2")
    store.optimize("kb")
    assert (kept(data)["removed"], kept(data)["compacted"]) == (0, 120)
    assert store.count("kb") == 120


def test_how_many_were_removed_is_remembered(store: EdgeStore, data: Path) -> None:
    fill(store, 0, 100)
    fill(store, 0, 3)
    assert kept(data)["removed"] == 3
    fill(store, 0, 4)
    store.close()
    assert kept(data)["removed"] == 7


def test_searches_go_on_while_writes_wait(store: EdgeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, 0, 300)
    before = store.search("kb", QUERY)
    compacting, proceed, written = threading.Event(), threading.Event(), threading.Event()

    def slow(source: Path, target: Path) -> None:
        compacting.set()
        assert proceed.wait(60)
        edge_shard.compact_copy(source, target)

    def write() -> None:
        fill(store, 300, 301)
        written.set()

    monkeypatch.setattr(edge_index, "compact_copy", slow)
    optimizer = threading.Thread(target=store.optimize, args=("kb",))
    optimizer.start()
    assert compacting.wait(60)
    writer = threading.Thread(target=write)
    writer.start()
    assert_same(store.search("kb", QUERY), before)
    assert not written.wait(0.05)
    proceed.set()
    for thread in (optimizer, writer):
        thread.join(60)
    assert store.count("kb") == 301


def test_a_compaction_that_fails_leaves_the_index_as_it_was(
    store: EdgeStore, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, 0, 300)
    shard, before = kept(data)["shard"], store.search("kb", QUERY)
    monkeypatch.setattr(edge_shard, "_COMPACT", "import sys; sys.exit('secret')")
    with pytest.raises(BackendFailed, match="could not be compacted") as failure:
        store.optimize("kb")
    assert isinstance(failure.value.__cause__, subprocess.CalledProcessError)
    assert "secret" not in str(failure.value)
    assert [path.name for path in data.glob("index/*/shard-*")] == [shard]
    assert_same(store.search("kb", QUERY), before)
    fill(store, 300, 310)
    assert store.count("kb") == 310


def in_memory(path: Path) -> bool:
    """Tell whether files are in memory, where reading a hole fills it."""
    mounts = {Path(each.mountpoint): each.fstype for each in psutil.disk_partitions(all=True)}
    return next((mounts[parent] for parent in (path, *path.parents) if parent in mounts), "") == "tmpfs"


def test_a_compacted_index_takes_no_more_room_than_it_needs(tmp_path: Path) -> None:
    if in_memory(tmp_path):
        pytest.skip("files in memory have no holes")
    store = EdgeStore(tmp_path, exact_limit=LIMIT)
    store.create("kb", DIMENSION)
    fill(store, 0, 300)
    store.optimize("kb")
    files = [path.stat() for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(file.st_size for file in files) > 100_000_000
    assert sum(512 * file.st_blocks for file in files) < 10_000_000
    store.close()


SECRET = "a secret that customers trust us with"


def held(data: Path) -> bool:
    """Tell whether the secret is in any file of the index."""
    return any(SECRET.encode() in path.read_bytes() for path in data.rglob("*") if path.is_file())


def test_what_was_deleted_is_not_in_the_files_after_a_purge(data: Path) -> None:
    store = EdgeStore(data, exact_limit=LIMIT)
    store.create("kb", DIMENSION)
    fill(store, 0, 100)
    store.upsert("kb", [chunk(SECRET, "private", terms={5: 1.0})])
    before = store.search("kb", QUERY)
    store.optimize("kb")
    store.delete_document("kb", "private")
    assert held(data)
    store.purge("kb")
    assert store.count("kb") == 100
    store.close()
    assert not held(data)
    assert kept(data)["removed"] == 0
    store = EdgeStore(data, exact_limit=LIMIT)
    assert ids(store.search("kb", QUERY).sparse) == [name for name in ids(before.sparse) if name != SECRET]
    store.close()


def test_searches_and_writes_go_on_during_a_purge(
    store: EdgeStore, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge, "QUIET_S", 0.0)
    fill(store, 0, 300)
    store.delete_document("kb", "d1")
    expected = store.search("kb", QUERY)
    for _ in range(3):
        store.purge("kb")
        assert_same(store.search("kb", QUERY), expected)
        store.upsert("kb", [chunk("x", "d1", terms={7: 1.0})])
        store.delete_document("kb", "d1")
    assert_same(store.search("kb", QUERY), expected)


def test_without_holes_nothing_is_written(store: EdgeStore, data: Path) -> None:
    fill(store, 0, 10)
    before = kept(data)["shard"]
    store.purge("kb")
    assert kept(data)["shard"] == before


def test_a_purge_that_fails_keeps_the_index(
    store: EdgeStore, data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fill(store, 0, 30)
    store.delete_document("kb", "d1")

    def fail(*_: object, **__: object) -> None:
        raise BackendFailed("The disk is full.")

    monkeypatch.setattr(edge_index, "create_shard", fail)
    store.purge("kb")
    store.close()
    assert "The disk is full." in caplog.text
    monkeypatch.undo()
    again = EdgeStore(data, exact_limit=LIMIT)
    assert again.count("kb") == 27
    assert len(list(data.glob("index/*/shard-*"))) == 1
    again.close()


def test_quantized_vectors_find_what_the_originals_find(tmp_path: Path) -> None:
    found = []
    for quantized in (False, True):
        store = EdgeStore(tmp_path / str(quantized), exact_limit=LIMIT, quantized=quantized)
        store.create("kb", DIMENSION)
        fill(store, 0, 2 * LIMIT)
        store.optimize("kb")
        found.append(store.search("kb", StoreQuery(dense=unit(1.0, 0.5), limit=10)))
        store.close()
    assert len(set(ids(found[0].dense)) & set(ids(found[1].dense))) >= 9
    np.testing.assert_allclose([h.score for h in found[0].dense], [h.score for h in found[1].dense], atol=1e-3)
    files = {path.name for path in (tmp_path / "True").rglob("*quant*")}
    assert files
    assert not list((tmp_path / "False").rglob("*quant*"))
