"""How collections are laid out, as far as that can be told without a server."""

from __future__ import annotations

import pytest
from qdrant_client import QdrantClient

from engine.errors import Misconfigured
from engine.settings import load_settings
from engine.stores.collections import Layout, Quantization, RemoteOptions
from engine.stores.ranking import DENSE
from engine.stores.remote import RemoteStore
from tests.fakes.stores import DIMENSION, chunk, unit


class Spy(QdrantClient):
    """Remembers how collections are made and searched."""

    made: dict[str, object]

    def create_collection(self, collection_name: str, **options: object) -> bool:  # type: ignore[override]
        self.made = {"name": collection_name, **options}
        return super().create_collection(collection_name, **options)  # type: ignore[arg-type]


def test_installations_are_kept_apart_by_their_prefix() -> None:
    client = QdrantClient(":memory:")
    stores = [RemoteStore(client, RemoteOptions(Layout(prefix=prefix))) for prefix in ("one", "two")]
    for store in stores:
        store.create("kb", DIMENSION)
    stores[0].upsert("kb", [chunk("a")])
    assert [store.count("kb") for store in stores] == [1, 0]
    stores[0].drop("kb")
    assert [store.exists("kb") for store in stores] == [False, True]
    client.close()


def test_shards_and_replicas_are_asked_for() -> None:
    client = Spy(":memory:")
    RemoteStore(client, RemoteOptions(Layout(shards=3, replicas=2))).create("kb", DIMENSION)
    assert (client.made["shard_number"], client.made["replication_factor"]) == (3, 2)
    client.close()


@pytest.mark.parametrize(("quantization", "kind"), [("int8", "scalar"), ("binary", "binary")])
def test_short_vectors_choose_and_full_ones_judge(quantization: Quantization, kind: str) -> None:
    layout = Layout(quantization=quantization)
    dense = layout.vectors(8)[DENSE]
    assert hasattr(dense.quantization_config, kind)
    assert (dense.size, dense.on_disk) == (8, True)
    search = layout.dense_search()
    assert search is not None
    assert search.quantization is not None
    assert (search.quantization.rescore, search.quantization.oversampling) == (True, 2.0)


def test_without_quantisation_nothing_is_said_of_it() -> None:
    layout = Layout()
    assert layout.vectors(8)[DENSE].quantization_config is None
    assert layout.dense_search() is None


def test_a_collection_that_another_process_makes_at_the_same_time_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    client = QdrantClient(":memory:")
    store = RemoteStore(client)
    store.create("kb", DIMENSION)
    store.upsert("kb", [chunk("a", dense=unit(1.0))])
    seen = iter([False])
    monkeypatch.setattr(store, "exists", lambda _: next(seen, True))
    store.create("kb", DIMENSION)
    assert store.count("kb") == 1
    client.close()


@pytest.mark.parametrize("prefix", ["", "a/b", "über", "x" * 41])
def test_a_prefix_that_is_no_name_is_refused(prefix: str) -> None:
    with pytest.raises(Misconfigured, match="qdrant_prefix"):
        load_settings(qdrant_prefix=prefix)
