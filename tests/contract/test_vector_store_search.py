"""What every adapter of the VectorStore port must find: scores, ties, limits and filters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest

from engine.domain.access import may_see
from engine.domain.knowledge import DocumentKind
from engine.domain.search import SearchFilter, SparseVector
from engine.ports import IndexedChunk, StoreQuery, VectorStore
from tests.fakes.stores import ADAPTERS, DIMENSION, chunk, chunk_id, idf, ids, opened, sparse, unit

DAY = date(2026, 3, 1)
LAST = date(2026, 3, 31)
STAFF = "access:staff"
SHELF = [
    chunk("plain"),
    chunk("faq", "faq", kind=DocumentKind.FAQ, language="ja", tags=("vip",)),
    chunk("policy", "policy", kind=DocumentKind.POLICY, language="zh-Hans", tags=("vip", "返品")),
    chunk("march", "policy", kind=DocumentKind.POLICY, effective_from=DAY, effective_until=LAST, tags=("返品", STAFF)),
    chunk("from", "policy", effective_from=DAY, language="ja"),
    chunk("until", effective_until=LAST, kind=DocumentKind.FAQ, tags=("vip", STAFF, "access:partners")),
]
ODD = ["'", '"', "\\", "a\x00b", "\ud800", "*", "a.b[].c", "", " ", "𠮷" * 30_000, "{}", "null"]
PARTS = {
    "kinds": (DocumentKind.FAQ, DocumentKind.POLICY),
    "languages": ("ja", "zh-Hans"),
    "tags": ("vip",),
    "document_ids": ("faq", "policy"),
    "as_of": date(2026, 4, 1),
    "access": ("partners",),
}


@pytest.fixture(params=ADAPTERS)
def store(request: pytest.FixtureRequest) -> Iterator[VectorStore]:
    with opened(request.param, used=("kb", "other")) as store:
        store.create("kb", DIMENSION)
        yield store


@pytest.fixture(scope="module", params=ADAPTERS)
def shelf(request: pytest.FixtureRequest) -> Iterator[VectorStore]:
    with opened(request.param, used=("shelf",)) as store:
        store.create("shelf", DIMENSION)
        store.upsert("shelf", SHELF)
        yield store


def passes(item: IndexedChunk, filter: SearchFilter) -> bool:
    record, day = item.record, filter.as_of
    return (
        (not filter.kinds or record.kind in filter.kinds)
        and (not filter.languages or record.language in filter.languages)
        and set(filter.tags) <= set(record.tags)
        and may_see(filter.access, record.tags)
        and (not filter.document_ids or record.document_id in filter.document_ids)
        and (day is None or (record.effective_from or day) <= day <= (record.effective_until or day))
    )


def assert_only(store: VectorStore, filter: SearchFilter, names: list[str], name: str = "shelf") -> None:
    result = store.search(name, StoreQuery(dense=unit(1.0), sparse=sparse({1: 1.0}), filter=filter))
    assert sorted(ids(result.dense)) == sorted(ids(result.sparse)) == sorted(names)
    assert store.count(name, filter) == len(names)


def test_dense_scores_are_cosines(store: VectorStore) -> None:
    vectors = {"same": unit(1, 2, 3), "near": unit(1, 2, 2), "across": unit(3, 0, -1), "opposite": unit(-1, -2, -3)}
    store.upsert("kb", [chunk(name, dense=vector) for name, vector in vectors.items()])
    result = store.search("kb", StoreQuery(dense=unit(1, 2, 3)))
    assert ids(result.dense) == list(vectors)
    expected = [float(vector @ unit(1, 2, 3)) for vector in vectors.values()]
    np.testing.assert_allclose([hit.score for hit in result.dense], expected, atol=1e-6)
    assert (result.sparse, result.context) == ((), ())


def test_sparse_scores_are_weighed_by_idf(store: VectorStore) -> None:
    store.upsert(
        "kb",
        [
            chunk("both", terms={1: 0.5, 2: 2.0}),
            chunk("common", terms={1: 3.0}),
            chunk("rare", terms={2: 1.0, 4_294_967_295: 1.0}),
            chunk("neither", terms={3: 9.0}),
            chunk("silent", terms={}),
        ],
    )
    result = store.search("kb", StoreQuery(sparse=sparse({1: 1.0, 2: 0.25, 99: 1.0})))
    one, two = idf(4, 2), idf(4, 2)
    assert ids(result.sparse) == ["common", "both", "rare"]
    expected = [3.0 * one, 0.5 * one + 0.25 * 2.0 * two, 0.25 * two]
    np.testing.assert_allclose([hit.score for hit in result.sparse], expected, atol=1e-5)
    (hit,) = store.search("kb", StoreQuery(sparse=sparse({4_294_967_295: 1.0}))).sparse
    assert hit.score == pytest.approx(idf(4, 1), abs=1e-5)


def test_idf_is_of_the_knowledge_base_and_of_the_chunks_that_are_there(store: VectorStore) -> None:
    store.create("other", DIMENSION)
    store.upsert("kb", [chunk(f"{n}", f"d{n}", terms={1: 1.0, 10 + n: 1.0}) for n in range(10)])
    store.upsert("other", [chunk(f"{n}", terms={1: 1.0} if n == 0 else {2: 1.0}) for n in range(100)])
    asked = StoreQuery(sparse=sparse({1: 1.0}))

    def score(name: str, filter: SearchFilter | None = None) -> float:
        return store.search(name, replace(asked, filter=filter or SearchFilter())).sparse[0].score

    assert score("kb") == pytest.approx(idf(10, 10), abs=1e-5)
    assert score("other") == pytest.approx(idf(100, 1), abs=1e-5)
    assert score("kb", SearchFilter(document_ids=("d3",))) == pytest.approx(idf(10, 10), abs=1e-5)
    store.delete_document("kb", "d0")
    store.upsert("kb", [chunk("1", "d1", terms={2: 1.0}), chunk("2", "d2", terms={})])
    assert score("kb") == pytest.approx(idf(8, 7), abs=1e-5)


def test_context_is_a_retriever_of_its_own(store: VectorStore) -> None:
    store.upsert(
        "kb",
        [
            chunk("first", terms={1: 1.0}, around={1: 1.0, 2: 4.0}, context_id="s"),
            chunk("second", terms={2: 1.0}, context_id="s"),
            chunk("other", terms={5: 1.0}, around={5: 1.0}, context_id="t"),
        ],
    )
    result = store.search("kb", StoreQuery(sparse=sparse({2: 1.0}), context=sparse({2: 1.0})))
    assert ids(result.sparse) == ["second"]
    (hit,) = result.context
    assert (hit.record.text, hit.record.context_id) == ("first", "s")
    assert hit.score == pytest.approx(4.0 * idf(2, 1), abs=1e-5)


def test_weights_below_zero_find_nothing(store: VectorStore) -> None:
    store.upsert("kb", [chunk("a", terms={1: -1.0}), chunk("b", terms={1: 1.0}), chunk("c", terms={1: 0.0})])
    assert ids(store.search("kb", StoreQuery(sparse=sparse({1: 1.0}))).sparse) == ["b"]
    assert ids(store.search("kb", StoreQuery(sparse=sparse({1: -1.0}))).sparse) == ["a"]


@pytest.mark.parametrize("limit", [1, 7, 50, 1000])
def test_ties_are_ordered_by_chunk_id_also_across_the_limit(store: VectorStore, limit: int) -> None:
    names = [f"tie {n}" for n in range(50)]
    best = chunk("best", dense=unit(1.0), terms={1: 2.0}, around={1: 2.0})
    store.upsert("kb", [chunk(name, dense=unit(1.0, 1.0), terms={1: 1.0}, around={1: 1.0}) for name in names] + [best])
    result = store.search("kb", StoreQuery(unit(1.0), sparse({1: 1.0}), sparse({1: 1.0}), limit=limit))
    expected = ["best", *sorted(names, key=chunk_id)][:limit]
    assert ids(result.dense) == ids(result.sparse) == ids(result.context) == expected


@pytest.mark.parametrize("limit", [0, -1])
def test_no_limit_finds_nothing(store: VectorStore, limit: int) -> None:
    store.upsert("kb", SHELF)
    assert store.search("kb", StoreQuery(dense=unit(1.0), limit=limit)).dense == ()


def test_chunk_ids_restrict_who_takes_part(store: VectorStore) -> None:
    store.upsert("kb", SHELF)
    wanted = (chunk_id("faq"), chunk_id("until"), chunk_id("unheard of"), "'; --", "", "\x00")
    query = StoreQuery(dense=unit(1.0), sparse=sparse({1: 1.0}), chunk_ids=wanted)
    result = store.search("kb", query)
    assert sorted(ids(result.dense)) == sorted(ids(result.sparse)) == ["faq", "until"]
    assert result.sparse[0].score == pytest.approx(idf(6, 6), abs=1e-5)
    assert ids(store.search("kb", replace(query, filter=SearchFilter(languages=("ja",)))).dense) == ["faq"]
    assert store.search("kb", replace(query, chunk_ids=("not an id",))).dense == ()


@pytest.mark.parametrize("fields", [names for n in range(6) for names in combinations(PARTS, n)], ids="+".join)
def test_filters_work_alone_and_together(shelf: VectorStore, fields: tuple[str, ...]) -> None:
    wanted = SearchFilter(**{name: PARTS[name] for name in fields})  # type: ignore[arg-type]
    assert_only(shelf, wanted, [item.record.text for item in SHELF if passes(item, wanted)])


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2026, 2, 28), ["faq", "plain", "policy", "until"]),
        (DAY, ["faq", "from", "march", "plain", "policy", "until"]),
        (LAST, ["faq", "from", "march", "plain", "policy", "until"]),
        (date(2026, 4, 1), ["faq", "from", "plain", "policy"]),
        (date.min, ["faq", "plain", "policy", "until"]),
        (date.max, ["faq", "from", "plain", "policy"]),
    ],
    ids=str,
)
def test_validity_includes_its_first_and_last_day(shelf: VectorStore, day: date, names: list[str]) -> None:
    assert_only(shelf, SearchFilter(as_of=day), names)


def test_all_tags_must_be_there(shelf: VectorStore) -> None:
    assert_only(shelf, SearchFilter(tags=("vip", "返品")), ["policy"])
    assert_only(shelf, SearchFilter(tags=("vip", "no such")), [])


def test_no_text_breaks_a_filter(store: VectorStore) -> None:
    for text in ODD:
        store.upsert("kb", [chunk("odd", text, language=text, tags=(text,)), chunk("even")])
        for wanted in (
            SearchFilter(document_ids=(text,)),
            SearchFilter(languages=(text, "xx")),
            SearchFilter(tags=(text,)),
        ):
            assert_only(store, wanted, ["odd"], "kb")
        store.delete_document("kb", text)
        assert [record.text for record in store.records("kb")] == ["even"]


def test_a_very_long_list_in_a_filter_works(shelf: VectorStore) -> None:
    assert_only(shelf, SearchFilter(document_ids=(*(f"no {n}" for n in range(5000)), "faq")), ["faq"])


def test_many_terms_are_no_trouble(store: VectorStore) -> None:
    many = SparseVector(tuple(range(20_000)), (1.0,) * 20_000)
    store.upsert("kb", [replace(chunk("a"), sparse=many), chunk("b", terms={1: 1.0})])
    first, second = store.search("kb", StoreQuery(sparse=many)).sparse
    assert (first.record.text, second.record.text) == ("a", "b")
    assert first.score == pytest.approx(idf(2, 2) + 19_999 * idf(2, 1), rel=1e-3)
