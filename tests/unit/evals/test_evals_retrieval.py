"""Retrieval runs over the fake system."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.domain.search import SearchResult
from evals.datasets.beir import Query, load_beir, sampled
from evals.retrieval import PASSAGES, run_retrieval, search_all
from evals.subject import Entry
from tests.unit.evals.fake_system import FakeSubject, FakeSystem

WriteBeir = Callable[..., Path]


def test_metrics_of_a_small_set(system: FakeSystem, beir: Path) -> None:
    report = run_retrieval(system, load_beir(beir))
    # "delivery" wins q3 by its first line; every other query has its page on top too.
    assert report.summary.metrics == {"mrr@10": 1.0, "ndcg@10": 1.0, "recall@1": 1.0, "recall@10": 1.0, "map": 1.0}
    assert report.failures == ()


def test_a_miss_and_a_second_place_count_as_such(system: FakeSystem, write_beir: WriteBeir) -> None:
    # q1's gold page shares but "days" with it and comes third; q2's shares nothing and is not found.
    qrels = {"test": "q1\tdelivery\t1\nq2\tbilling\t1\n"}
    metrics = run_retrieval(system, load_beir(write_beir(qrels=qrels))).summary.metrics
    assert metrics["mrr@10"] == pytest.approx((1 / 3 + 0) / 2)
    assert metrics["recall@1"] == 0.0
    assert metrics["recall@10"] == 0.5


def test_the_json_has_exactly_the_agreed_keys(system: FakeSystem, beir: Path) -> None:
    document = run_retrieval(system, load_beir(beir)).as_json()
    assert list(document) == ["dataset", "split", "queries", "metrics", "settings", "seconds"]
    assert (document["dataset"], document["split"], document["queries"]) == ("shop", "test", 4)
    assert document["metrics"] == {"mrr@10": 1.0, "ndcg@10": 1.0, "recall@1": 1.0, "recall@10": 1.0, "map": 1.0}
    assert document["settings"] == {"model": "fake", "half": "all", "sample_seed": None}
    assert isinstance(document["seconds"], float)


def test_details_hold_every_query_and_the_times(system: FakeSystem, beir: Path) -> None:
    details = json.loads(json.dumps(run_retrieval(system, load_beir(beir)).details()))
    assert [result["query_id"] for result in details["results"]] == ["q1", "q2", "q3", "q4"]
    assert details["results"][2]["found"][0][0] == "delivery"
    assert details["results"][0]["metrics"]["mrr@10"] == 1.0
    assert set(details["timings"]) == {"search_p50_ms", "search_p95_ms", "embed_p50_ms"}
    assert all(value >= 0 for value in details["timings"].values())


def test_a_sample_is_named_in_the_settings(system: FakeSystem, beir: Path) -> None:
    report = run_retrieval(system, sampled(load_beir(beir), limit=2, seed=3))
    assert report.summary.queries == 2
    assert report.summary.settings["sample_seed"] == 3


def test_documents_that_cannot_be_indexed_are_named_and_missed(system: FakeSystem, write_beir: WriteBeir) -> None:
    rows = [{"_id": "returns", "text": ""}, {"_id": "other", "text": "a kettle"}]
    report = run_retrieval(system, load_beir(write_beir(corpus=rows, qrels={"test": "q1\treturns\t1\n"})))
    assert [document.uri for document in report.failures] == ["returns"]
    assert report.summary.metrics["recall@10"] == 0.0


def test_a_second_run_over_a_cache_gives_the_same(system: FakeSystem, beir: Path, tmp_path: Path) -> None:
    first, second = (run_retrieval(system, load_beir(beir), cache=tmp_path / "cache") for _ in range(2))
    assert first.summary.metrics == second.summary.metrics
    assert [each.found for each in first.outcomes] == [each.found for each in second.outcomes]
    assert system.built == 1


class Counting(FakeSubject):
    """Remembers how many passages each search asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.limits: list[int] = []

    def search(self, query: str, *, limit: int) -> SearchResult:
        self.limits.append(limit)
        return super().search(query, limit=limit)


def wordy(tmp_path: Path, *, lines: int) -> Counting:
    """Return a subject in which one document has `lines` matching passages and nine others have one weaker each."""
    subject = Counting(tmp_path)
    others = [Entry(f"small{n}", "", "kettle here") for n in range(9)]
    list(subject.add([Entry("big", "", "a kettle\n" * lines), *others]))
    return subject


def test_a_document_of_many_passages_does_not_crowd_others_out(write_beir: WriteBeir, tmp_path: Path) -> None:
    queries = [{"_id": "q", "text": "a kettle"}]
    folder = write_beir(corpus=[{"_id": "small0", "text": "x"}], queries=queries, qrels={"test": "q\tsmall0\t1\n"})
    subject = wordy(tmp_path, lines=120)
    (outcome,) = search_all(subject, load_beir(folder).queries)
    assert subject.limits == [PASSAGES, 2 * PASSAGES, 4 * PASSAGES]
    assert outcome.found[0][0] == "big"
    assert len(outcome.found) == 10
    # Nine documents are tied behind the first: the relevant one is ranked last among them.
    assert outcome.metrics["mrr@10"] == pytest.approx(1 / 10)


def test_no_more_passages_are_asked_for_when_there_are_none(write_beir: WriteBeir, tmp_path: Path) -> None:
    queries = [{"_id": "q", "text": "a kettle"}]
    folder = write_beir(corpus=[{"_id": "small0", "text": "x"}], queries=queries, qrels={"test": "q\tsmall0\t1\n"})
    subject = Counting(tmp_path)
    list(subject.add([Entry("small0", "", "a kettle")]))
    list(search_all(subject, load_beir(folder).queries))
    assert subject.limits == [PASSAGES]


def test_a_refused_query_finds_nothing_and_stops_nothing(tmp_path: Path) -> None:
    subject = FakeSubject(tmp_path)
    list(subject.add([Entry("delivery", "", "Delivery abroad takes 9 days.")]))
    queries = [Query("blank", " ", {"delivery": 1}), Query("q", "delivery abroad", {"delivery": 1})]
    blank, found = search_all(subject, queries)
    assert (blank.metrics["mrr@10"], found.metrics["mrr@10"]) == (0.0, 1.0)


def test_each_part_of_the_search_is_measured_alone_where_asked_for(system: FakeSystem, beir: Path) -> None:
    parts = {"encoder_alone_mrr@10", "bm25_alone_mrr@10", "late_interaction_alone_mrr@10"}
    plain, whole = (run_retrieval(system, load_beir(beir), parts=asked).summary.metrics for asked in (False, True))
    assert parts.isdisjoint(plain)
    assert whole == {**plain, **{name: whole[name] for name in parts}}
    assert all(0.0 <= whole[name] <= 1.0 for name in parts)
