"""All stores give the same answers after the same operations; seeded, after qdrant-client's congruence tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.random import RandomState

from engine.domain.knowledge import DocumentKind
from engine.domain.search import SearchFilter
from engine.ports import IndexedChunk, StoreHit, StoreQuery, VectorStore
from tests.fakes.stores import DIMENSION, chunk, chunk_id, opened, sparse, unit

KINDS = tuple(DocumentKind)
LANGUAGES = ("en", "ja", "zh-Hans", "zh-Hant")
TAGS = ("a", "b", "c")
FIRST = date(2026, 1, 1)
TERMS = 30
NAMES = 60
ROUNDS = 25
DISTINCT = 1e-5
CLOSE = 1e-4


@pytest.fixture(params=[("edge", "remote"), pytest.param(("edge", "server"), marks=pytest.mark.server)], ids="-".join)
def stores(request: pytest.FixtureRequest) -> Iterator[list[VectorStore]]:
    with ExitStack() as stack:
        stores = [stack.enter_context(opened(adapter)) for adapter in request.param]
        for store in stores:
            store.create("kb", DIMENSION)
        yield stores


def some(random: RandomState, values: Sequence[str], most: int) -> tuple[str, ...]:
    return tuple(random.choice(values, size=random.randint(most + 1), replace=False).tolist())


def day(random: RandomState) -> date | None:
    return FIRST + timedelta(days=int(random.randint(10))) if random.rand() < 0.5 else None


def weights(random: RandomState, most: int) -> dict[int, float]:
    terms = random.choice(TERMS, size=random.randint(most + 1), replace=False).tolist()
    return {term: float(random.rand() + 0.1) for term in terms}


def random_chunk(random: RandomState) -> IndexedChunk:
    number = int(random.randint(NAMES))
    return chunk(
        f"{number}",
        f"d{number % 12}",
        dense=unit(*random.randn(DIMENSION)),
        terms=weights(random, 8),
        around=weights(random, 12) if random.rand() < 0.4 else None,
        version=int(random.randint(1, 4)),
        kind=KINDS[random.randint(len(KINDS))],
        language=LANGUAGES[random.randint(len(LANGUAGES))],
        tags=some(random, TAGS, 3),
        effective_from=day(random),
        effective_until=day(random),
    )


def random_filter(random: RandomState) -> SearchFilter:
    return SearchFilter(
        kinds=tuple(map(DocumentKind, some(random, KINDS, 3))) if random.rand() < 0.3 else (),
        languages=some(random, LANGUAGES, 3) if random.rand() < 0.3 else (),
        tags=some(random, TAGS, 2) if random.rand() < 0.3 else (),
        document_ids=some(random, [f"d{n}" for n in range(14)], 8) if random.rand() < 0.3 else (),
        as_of=day(random) if random.rand() < 0.3 else None,
    )


def random_query(random: RandomState) -> StoreQuery:
    return StoreQuery(
        dense=unit(*random.randn(DIMENSION)) if random.rand() < 0.8 else None,
        sparse=sparse(weights(random, 6)),
        context=sparse(weights(random, 6)),
        filter=random_filter(random),
        limit=int(random.randint(1, NAMES)),
        chunk_ids=tuple(chunk_id(f"{n}") for n in random.randint(0, NAMES, 25)) if random.rand() < 0.2 else (),
    )


def change(random: RandomState, stores: Sequence[VectorStore]) -> None:
    action = random.rand()
    if action < 0.7:
        chunks = [random_chunk(random) for _ in range(random.randint(1, 12))]
        for store in stores:
            store.upsert("kb", chunks)
    elif action < 0.95:
        document, keep = f"d{random.randint(12)}", tuple(random.randint(1, 5, random.randint(3)).tolist())
        for store in stores:
            store.delete_document("kb", document, keep_versions=keep)
    else:
        for store in stores:
            store.optimize("kb")


def blocks(hits: Sequence[StoreHit]) -> list[set[str]]:
    """Return the ids in order, those whose scores cannot be told apart in one set."""
    found: list[set[str]] = []
    last = np.inf
    for hit in hits:
        if last - hit.score > DISTINCT:
            found.append(set())
        found[-1].add(hit.record.chunk_id)
        last = hit.score
    return found


def assert_equal(one: Sequence[StoreHit], other: Sequence[StoreHit], limit: int) -> None:
    np.testing.assert_allclose([hit.score for hit in one], [hit.score for hit in other], atol=CLOSE)
    mine, theirs = blocks(one), blocks(other)
    if len(one) == limit:  # what ties with the last hit may have been cut off
        mine, theirs = mine[:-1], theirs[:-1]
    assert mine == theirs
    records = {hit.record.chunk_id: hit.record for hit in other}
    for hit in one:
        assert hit.record == records.get(hit.record.chunk_id, hit.record)


@pytest.mark.parametrize("seed", range(4))
def test_the_same_operations_give_the_same_answers(stores: list[VectorStore], seed: int) -> None:
    random = RandomState(seed)
    found = 0
    for _ in range(ROUNDS):
        change(random, stores)
        assert list(stores[0].records("kb")) == list(stores[1].records("kb"))
        for _ in range(4):
            query = random_query(random)
            one, other = (store.search("kb", query) for store in stores)
            assert_equal(one.dense, other.dense, query.limit)
            assert_equal(one.sparse, other.sparse, query.limit)
            assert_equal(one.context, other.context, query.limit)
            assert stores[0].count("kb", query.filter) == stores[1].count("kb", query.filter)
            found += len(one.dense) + len(one.sparse) + len(one.context)
    assert found > 500
