"""What every adapter of the VectorStore port must do: indexes, writing, searching, counting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import SearchFilter, SparseVector
from engine.errors import Conflict, InvalidInput, NotFound
from engine.ports import ChunkRecord, StoreQuery, VectorStore
from tests.fakes.stores import ADAPTERS, DIMENSION, chunk, chunk_id, idf, ids, opened, sparse, unit

OTHER = "その他 / ../..\x00'\"; DROP"
QUERY = StoreQuery(dense=unit(1.0), sparse=sparse({1: 1.0}), context=sparse({1: 1.0}))


@pytest.fixture(params=ADAPTERS)
def store(request: pytest.FixtureRequest) -> Iterator[VectorStore]:
    with opened(request.param, used=("kb", OTHER)) as store:
        store.create("kb", DIMENSION)
        yield store


def test_an_index_exists_from_create_to_drop(store: VectorStore) -> None:
    assert store.exists("kb")
    store.upsert("kb", [chunk("a")])
    store.create("kb", DIMENSION)
    assert store.count("kb") == 1
    store.drop("kb")
    assert not store.exists("kb")
    store.drop("kb")
    store.create("kb", DIMENSION)
    assert store.count("kb") == 0


def test_another_dimension_is_a_conflict(store: VectorStore) -> None:
    with pytest.raises(Conflict, match=rf"dimension {DIMENSION}, not 7"):
        store.create("kb", 7)
    store.drop("kb")
    store.create("kb", 7)
    store.upsert("kb", [chunk("a", dense=np.ones(7, dtype=np.float32))])


def test_what_has_no_index_is_not_found(store: VectorStore, tmp_path: Path) -> None:
    for call in (
        lambda: store.upsert(OTHER, [chunk("a")]),
        lambda: store.delete_document(OTHER, "manual"),
        lambda: store.search(OTHER, QUERY),
        lambda: store.count(OTHER),
        lambda: store.records(OTHER),
        lambda: store.optimize(OTHER),
        lambda: store.snapshot(OTHER, tmp_path / "snapshot"),
    ):
        with pytest.raises(NotFound, match="has no index"):
            call()
    assert not store.exists(OTHER)


def test_an_index_that_was_dropped_is_not_found(store: VectorStore) -> None:
    store.search("kb", QUERY)
    store.drop("kb")
    with pytest.raises(NotFound):
        store.search("kb", QUERY)
    with pytest.raises(NotFound):
        store.count("kb")


def test_knowledge_bases_of_any_name_stay_apart(store: VectorStore) -> None:
    store.create(OTHER, DIMENSION + 1)
    store.upsert("kb", [chunk("a")])
    assert (store.count("kb"), store.count(OTHER)) == (1, 0)
    store.drop("kb")
    assert store.exists(OTHER)


def test_a_record_comes_back_whole(store: VectorStore) -> None:
    record = ChunkRecord(
        chunk_id=chunk_id("a"),
        document_id="doc'\"\\\x00\ud800 文書",
        version=7,
        ordinal=3,
        title="退货政策 \ud83d",
        uri="file:///a b/\udcff%20.md",
        kind=DocumentKind.POLICY,
        language="zh-Hans",
        span=Span(10, 20),
        text="行1\n\x00行2\t\u2028😀",
        section=("第一章", "§ 2"),
        page=12,
        tags=("vip", "\udc80"),
        effective_from=date.min,
        effective_until=date.max,
        context_id="c1",
    )
    plain = replace(chunk("b").record, section=(), page=None)
    store.upsert("kb", [replace(chunk("a"), record=record), replace(chunk("b"), record=plain)])
    found = {record.chunk_id: record for record in store.records("kb")}
    assert found == {record.chunk_id: record, plain.chunk_id: plain}
    assert {hit.record.chunk_id: hit.record for hit in store.search("kb", QUERY).dense} == found
    only = SearchFilter(document_ids=(record.document_id,), tags=("\udc80",), as_of=date.max)
    assert [hit.record for hit in store.search("kb", replace(QUERY, filter=only)).sparse] == [record]


def test_upserts_replace_and_are_seen_at_once(store: VectorStore) -> None:
    store.upsert("kb", [chunk("a", dense=unit(1.0), terms={1: 1.0}, around={1: 1.0}), chunk("b", terms={2: 1.0})])
    assert ids(store.search("kb", QUERY).sparse) == ["a"]
    moved = replace(chunk("a").record, version=2, title="New")
    store.upsert("kb", [replace(chunk("a", dense=unit(0.0, 1.0), terms={3: 2.0}), record=moved)])
    assert store.count("kb") == 2
    result = store.search("kb", QUERY)
    assert [hit.record for hit in result.dense] == [chunk("b").record, moved]
    assert [hit.score for hit in result.dense] == pytest.approx([1.0, 0.0], abs=1e-6)
    assert (result.sparse, result.context) == ((), ())
    (hit,) = store.search("kb", StoreQuery(sparse=sparse({3: 1.0}))).sparse
    assert hit.record == moved
    assert hit.score == pytest.approx(2.0 * idf(2, 1))


def test_of_two_chunks_with_one_id_the_last_stays(store: VectorStore) -> None:
    store.upsert("kb", [chunk("a", version=1), chunk("b"), chunk("a", version=2)])
    assert sorted((record.text, record.version) for record in store.records("kb")) == [("a", 2), ("b", 1)]


def test_nothing_to_do_does_nothing(store: VectorStore) -> None:
    store.upsert("kb", [])
    store.delete_document("kb", "unheard of")
    store.optimize("kb")
    assert list(store.records("kb")) == []
    assert store.search("kb", QUERY) == store.search("kb", StoreQuery())


def test_a_wrong_chunk_is_refused_with_all_that_came_with_it(store: VectorStore) -> None:
    for wrong in (
        chunk("a", dense=np.ones(3, dtype=np.float32)),
        chunk("a", dense=np.ones((1, DIMENSION), dtype=np.float32)),
        chunk("a", dense=np.array([np.nan, 0, 0, 0], dtype=np.float32)),
        chunk("a", dense=np.array([np.inf, 0, 0, 0], dtype=np.float32)),
        chunk("a", chunk_id="manual-1"),
        chunk("a", chunk_id=chunk_id("a").upper()),
    ):
        with pytest.raises(InvalidInput):
            store.upsert("kb", [chunk("b"), wrong])
    assert store.count("kb") == 0


def test_a_query_of_another_dimension_is_refused(store: VectorStore) -> None:
    with pytest.raises(InvalidInput, match="dimension 4, not 3"):
        store.search("kb", StoreQuery(dense=np.ones(3, dtype=np.float32)))


def test_deleting_a_document_leaves_the_others(store: VectorStore) -> None:
    store.upsert("kb", [chunk("a", "x"), chunk("b", "x", version=2), chunk("c", "y"), chunk("d", "x", version=3)])
    store.delete_document("kb", "x", keep_versions=(2,))
    assert sorted(record.text for record in store.records("kb")) == ["b", "c"]
    assert sorted(ids(store.search("kb", QUERY).dense)) == ["b", "c"]
    store.delete_document("kb", "x")
    assert ids(store.search("kb", QUERY).sparse) == ["c"]
    store.delete_document("kb", "x")
    assert store.count("kb") == 1


def test_several_versions_can_be_kept(store: VectorStore) -> None:
    store.upsert("kb", [chunk(f"{version}", version=version) for version in range(1, 6)])
    store.delete_document("kb", "manual", keep_versions=(2, 4, 9))
    assert sorted(record.version for record in store.records("kb")) == [2, 4]


def test_the_vectors_of_chunks_come_back(store: VectorStore) -> None:
    kept = {chunk_id(f"{n}"): unit(1.0, n / 300) for n in range(300)}
    store.upsert("kb", [chunk(f"{n}", dense=unit(1.0, n / 300)) for n in range(300)])
    found = store.vectors("kb", [*kept, chunk_id("gone"), "no id"])
    assert found.keys() == kept.keys()
    for key, vector in found.items():
        assert vector.dtype == np.float32
        assert vector == pytest.approx(kept[key], abs=1e-6)
    assert store.vectors("kb", []) == {}
    with pytest.raises(NotFound):
        store.vectors("other", [chunk_id("0")])


def test_purging_keeps_results(store: VectorStore) -> None:
    store.upsert("kb", [chunk("a", "x"), chunk("b", "y", terms={1: 2.0})])
    store.delete_document("kb", "x")
    before = store.search("kb", QUERY)
    store.purge("kb")
    store.purge("other")
    assert ids(store.search("kb", QUERY).sparse) == ids(before.sparse) == ["b"]


def test_version_zero_can_be_kept(store: VectorStore) -> None:
    store.upsert("kb", [chunk("a", version=0), chunk("b", version=1)])
    store.delete_document("kb", "manual", keep_versions=(0,))
    assert [record.text for record in store.records("kb")] == ["a"]


def test_records_come_by_chunk_id_however_many(store: VectorStore) -> None:
    names = [f"chunk {number}" for number in range(600)]
    store.upsert("kb", [chunk(name) for name in names])
    assert [record.chunk_id for record in store.records("kb")] == sorted(map(chunk_id, names))


def test_optimizing_keeps_results(store: VectorStore) -> None:
    random = np.random.RandomState(0)
    store.upsert("kb", [chunk(f"{n}", dense=unit(*random.randn(4)), terms={n % 7: 1.0 + n}) for n in range(300)])
    store.delete_document("kb", "manual", keep_versions=(2,))
    store.upsert("kb", [chunk(f"{n}", dense=unit(*random.randn(4)), terms={n % 7: 1.0 + n}) for n in range(200)])
    before = store.search("kb", QUERY)
    store.optimize("kb")
    after = store.search("kb", QUERY)
    assert ids(after.dense) == ids(before.dense)
    assert ids(after.sparse) == ids(before.sparse)
    assert [hit.score for hit in after.dense] == pytest.approx([hit.score for hit in before.dense], abs=1e-6)
    assert store.count("kb") == 200


def test_a_missing_sparse_vector_is_found_by_dense_only(store: VectorStore) -> None:
    store.upsert("kb", [chunk("a", terms={}), chunk("b", terms={1: 1.0})])
    result = store.search("kb", QUERY)
    assert ids(result.dense) == sorted(("a", "b"), key=chunk_id)
    (hit,) = result.sparse
    assert hit.record.text == "b"
    assert hit.score == pytest.approx(idf(1, 1))  # only b has such a vector
    assert store.search("kb", StoreQuery(sparse=SparseVector((), ()))).sparse == ()
