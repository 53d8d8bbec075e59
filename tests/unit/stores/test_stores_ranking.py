"""Ranking over an engine that orders ties as it likes."""

from __future__ import annotations

from collections.abc import Sequence

from engine.ports import ChunkRecord, StoreQuery
from engine.stores.ranking import DENSE, Probe, Scored, search
from tests.fakes.stores import chunk, ids, sparse, unit


class Engine:
    """Returns the best of `scores`, ties in descending order of their ids, and remembers what was asked."""

    def __init__(self, scores: dict[str, float]) -> None:
        self.scores = scores
        self.asked: list[list[tuple[str, int]]] = []
        self.loaded: list[list[str]] = []
        self.gone: set[str] = set()

    def fetch(self, probes: Sequence[Probe]) -> list[list[Scored]]:
        self.asked.append([(probe.using, probe.limit) for probe in probes])
        ordered = sorted(self.scores.items(), key=lambda item: (item[1], item[0]), reverse=True)
        return [ordered[: probe.limit] for probe in probes]

    def load(self, chunk_ids: Sequence[str]) -> dict[str, ChunkRecord]:
        self.loaded.append(list(chunk_ids))
        return {chunk_id: chunk(chunk_id).record for chunk_id in chunk_ids if chunk_id not in self.gone}


def test_one_more_is_fetched_to_see_whether_a_tie_is_cut() -> None:
    engine = Engine({"a": 3.0, "b": 2.0, "c": 1.0})
    assert ids(search(StoreQuery(unit(1.0), limit=2), engine.fetch, engine.load).dense) == ["a", "b"]
    assert engine.asked == [[(DENSE, 3)]]


def test_a_tie_across_the_limit_is_fetched_whole() -> None:
    engine = Engine({"best": 9.0, **{f"tie {n}": 1.0 for n in range(9)}, "last": 0.5})
    result = search(StoreQuery(unit(1.0), limit=3), engine.fetch, engine.load)
    assert ids(result.dense) == ["best", "tie 0", "tie 1"]
    assert [limit for ((_, limit),) in engine.asked] == [4, 8, 16]


def test_only_the_cut_retriever_is_asked_again() -> None:
    class Mixed(Engine):
        def fetch(self, probes: Sequence[Probe]) -> list[list[Scored]]:
            found = super().fetch(probes)
            return [
                [(name, score * (n + 1)) for n, (name, score) in enumerate(hits[::-1])][::-1]
                if probe.using == DENSE
                else hits
                for probe, hits in zip(probes, found, strict=True)
            ]

    engine = Mixed({f"{n}": 1.0 for n in range(5)})
    search(StoreQuery(unit(1.0), sparse({1: 1.0}), limit=2), engine.fetch, engine.load)
    assert engine.asked == [[(DENSE, 3), ("sparse", 3)], [("sparse", 6)]]


def test_only_sparse_scores_must_be_positive() -> None:
    engine = Engine({"a": 1.0, "b": 0.0, "c": -1.0})
    result = search(StoreQuery(unit(1.0), sparse({1: 1.0}), sparse({1: 1.0})), engine.fetch, engine.load)
    assert ids(result.dense) == ["a", "b", "c"]
    assert ids(result.sparse) == ids(result.context) == ["a"]


def test_each_record_is_loaded_once_and_none_that_is_not_shown() -> None:
    engine = Engine({"a": 2.0, "b": 1.0, "c": 0.5})
    search(StoreQuery(unit(1.0), sparse({1: 1.0}), limit=2), engine.fetch, engine.load)
    assert engine.loaded == [["a", "b"]]


def test_chunks_that_vanished_meanwhile_are_left_out() -> None:
    engine = Engine({"a": 2.0, "b": 1.0})
    engine.gone = {"a"}
    assert ids(search(StoreQuery(unit(1.0)), engine.fetch, engine.load).dense) == ["b"]


def test_without_vectors_nobody_is_asked() -> None:
    engine = Engine({"a": 1.0})
    result = search(StoreQuery(sparse=sparse({}), context=sparse({})), engine.fetch, engine.load)
    assert result.dense == result.sparse == result.context == ()
    assert engine.asked == []
