"""When embedded indexes are written anew without what was deleted: soon, once for much, at the latest at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.stores import edge, edge_index
from engine.stores.edge import EdgeStore
from engine.stores.edge_shard import create_shard
from tests.fakes.stores import DIMENSION, folder
from tests.unit.stores.test_stores_edge_compaction import LIMIT, QUERY, assert_same, fill, kept
from tests.waiting import until


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


def test_what_is_deleted_one_after_the_other_goes_at_once(
    store: EdgeStore, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, 0, 100)
    made = list[Path]()

    def counted(path: Path, *options: Any) -> Any:
        made.append(path)
        return create_shard(path, *options)

    monkeypatch.setattr(edge_index, "create_shard", counted)
    monkeypatch.setattr(edge, "QUIET_S", 60.0)
    for number in range(5):
        store.delete_document("kb", f"d{number}")
        store.purge("kb")
    assert made == []
    found = store.search("kb", QUERY)
    store.close()
    assert len(made) == 1
    assert kept(data)["removed"] == 0
    again = EdgeStore(data, exact_limit=LIMIT)
    assert_same(again.search("kb", QUERY), found)
    again.close()


def test_an_index_that_is_dropped_before_its_purge_stays_away(
    store: EdgeStore, data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(edge, "QUIET_S", 60.0)
    fill(store, 0, 30)
    store.delete_document("kb", "d1")
    store.purge("kb")
    store.drop("kb")
    store.close()
    assert not list(data.glob("index/*"))
    assert not caplog.text


def test_a_purge_needs_no_end_of_the_store(store: EdgeStore, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "QUIET_S", 0.01)
    fill(store, 0, 30)
    store.delete_document("kb", "d1")
    store.purge("kb")
    until(lambda: kept(data)["removed"] == 0)
    assert store.count("kb") == 27
