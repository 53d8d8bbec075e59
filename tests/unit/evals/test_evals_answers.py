"""Answers runs over the fake system."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from engine.domain.answer import Answer
from engine.domain.conversation import Turn
from engine.errors import InvalidInput
from evals.answers import answer_without_gold, run_answers
from evals.datasets.beir import BeirDataset, load_beir
from tests.unit.evals.fake_system import FakeSubject, FakeSystem

WriteBeir = Callable[..., Path]


def test_metrics_of_a_small_set(system: FakeSystem, beir: Path) -> None:
    report = run_answers(system, load_beir(beir), seed=1)
    metrics = report.summary.metrics
    assert metrics["containment"] == metrics["containment_any_length"] == 1.0
    assert metrics["citation_exactness"] == 1.0
    assert metrics["two_sentence_violations"] == 0
    assert 0 < metrics["token_f1"] < 1
    assert len(report.full) == 4
    assert len(report.without) == 2


def test_abstention_compares_both_halves(system: FakeSystem, beir: Path) -> None:
    report = run_answers(system, load_beir(beir), seed=1)
    # The fake's confidence is the share of the question that a line repeats: less without the page that answers it.
    assert report.summary.metrics["abstention_auroc"] == 1.0
    # Sorted by confidence the two right answers come first, so errors are 0, 0, 1/3, 2/4.
    assert report.summary.metrics["aurc"] == pytest.approx((0 + 0 + 1 / 3 + 2 / 4) / 4)
    assert report.risk_coverage[-1].error_rate == 0.5
    assert report.risk_coverage[4].error_rate == 0.0


def test_the_json_has_the_agreed_keys(system: FakeSystem, beir: Path) -> None:
    document = json.loads(json.dumps(run_answers(system, load_beir(beir), seed=1).as_json()))
    assert list(document) == ["dataset", "split", "queries", "metrics", "settings", "seconds", "risk_coverage"]
    assert set(document["metrics"]) == {
        "containment",
        "containment_any_length",
        "token_f1",
        "citation_exactness",
        "two_sentence_violations",
        "abstention_auroc",
        "aurc",
        "ece",
    }
    assert document["settings"] == {
        "model": "fake",
        "half": "all",
        "sample_seed": None,
        "seed": 1,
        "withheld_rounds": 10,
    }
    assert len(document["risk_coverage"]) == 10
    assert set(document["risk_coverage"][0]) == {"coverage", "threshold", "answered", "error_rate"}


def test_details_hold_both_runs(system: FakeSystem, beir: Path) -> None:
    details = json.loads(json.dumps(run_answers(system, load_beir(beir), seed=1).details()))
    assert [each["query_id"] for each in details["results"]["full"]] == ["q1", "q2", "q3", "q4"]
    assert len(details["results"]["without_gold"]) == 2
    assert details["timings"]["answer_p95_ms"] >= details["timings"]["answer_p50_ms"] >= 0


def test_the_halves_depend_on_the_seed(system: FakeSystem, beir: Path) -> None:
    asked = {frozenset(j.query_id for j in run_answers(system, load_beir(beir), seed=n).without) for n in range(12)}
    assert len(asked) > 3


class Watching(FakeSubject):
    """Remembers which documents were there when each question was asked, and the threshold it came with."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.seen: list[tuple[str, frozenset[str], float | None]] = []

    def answer(self, question: str, *, history: Sequence[Turn] = (), threshold: float | None = None) -> Answer:
        self.seen.append((question, frozenset(self.documents), threshold))
        return super().answer(question, history=history, threshold=threshold)


def watched(dataset: BeirDataset, folder: Path, *, rounds: int) -> Watching:
    subject = Watching(folder)
    list(subject.add(dataset.corpus))
    list(answer_without_gold(subject, dataset, dataset.queries, seed=1, rounds=rounds))
    return subject


def test_only_the_gold_of_the_round_is_taken_away(beir: Path, tmp_path: Path) -> None:
    dataset = load_beir(beir)
    subject = watched(dataset, tmp_path, rounds=4)
    gold = {query.text: set(query.relevant) for query in dataset.queries}
    everything = {entry.uri for entry in dataset.corpus}
    assert len(subject.seen) == 4
    assert all(there == everything - gold[question] for question, there, _ in subject.seen)
    assert set(subject.documents) == everything


def test_one_round_takes_all_gold_away_at_once(beir: Path, tmp_path: Path) -> None:
    subject = watched(load_beir(beir), tmp_path, rounds=1)
    assert [there for _, there, _ in subject.seen] == [frozenset()] * 4


def test_nothing_is_withheld(beir: Path, tmp_path: Path) -> None:
    assert {threshold for _, _, threshold in watched(load_beir(beir), tmp_path, rounds=2).seen} == {0.0}


def test_questions_of_one_gold_passage_come_together(write_beir: WriteBeir, tmp_path: Path) -> None:
    uris = ["returns", "warranty", "delivery", "billing"] * 3
    queries = [{"_id": f"q{n}", "text": f"question {n}", "answers": ["x"]} for n in range(12)]
    qrels = {"test": "".join(f"q{n}\t{uri}\t1\n" for n, uri in enumerate(uris))}
    subject = watched(load_beir(write_beir(queries=queries, qrels=qrels)), tmp_path, rounds=4)
    order = [uris[int(question.split()[1])] for question, _, _ in subject.seen]
    assert [order[n] for n in (0, 3, 6, 9)] == list(dict.fromkeys(order))


def test_a_gold_passage_comes_back_for_the_other_half(system: FakeSystem, write_beir: WriteBeir) -> None:
    # All questions have one gold passage: the half that keeps it must still be answered.
    queries = [{"_id": f"q{n}", "text": "warranty of a kettle", "answers": ["24 months"]} for n in range(4)]
    qrels = {"test": "".join(f"q{n}\twarranty\t1\n" for n in range(4))}
    report = run_answers(system, load_beir(write_beir(queries=queries, qrels=qrels)), seed=2)
    assert all(each.contained for each in report.full)
    assert not any(each.contained for each in report.without)


def test_an_answer_without_the_gold_passage_is_never_right(system: FakeSystem, write_beir: WriteBeir) -> None:
    # "days" is found in many pages, so even the wrong page contains the "answer".
    queries = [{"_id": f"q{n}", "text": "how many days", "answers": ["days"]} for n in (1, 2)]
    qrels = {"test": "q1\treturns\t1\nq2\treturns\t1\n"}
    report = run_answers(system, load_beir(write_beir(queries=queries, qrels=qrels)), seed=1)
    assert report.without[0].contained
    assert report.risk_coverage[-1].error_rate == 0.5


def test_an_answer_of_three_sentences_earns_nothing(system: FakeSystem, write_beir: WriteBeir) -> None:
    rows = [
        {"_id": "long", "text": "A kettle has a box. It is heavy. Its warranty is 24 months."},
        {"_id": "short", "text": "An invoice comes by e-mail."},
    ]
    queries = [
        {"_id": "q1", "text": "warranty of a kettle", "answers": ["24 months"]},
        {"_id": "q2", "text": "how comes an invoice", "answers": ["e-mail"]},
    ]
    folder = write_beir(corpus=rows, queries=queries, qrels={"test": "q1\tlong\t1\nq2\tshort\t1\n"})
    metrics = run_answers(system, load_beir(folder), seed=1).summary.metrics
    assert metrics["two_sentence_violations"] == 1
    assert metrics["containment"] == 0.5
    assert metrics["containment_any_length"] == 1.0


def test_a_cached_index_is_not_changed(system: FakeSystem, beir: Path, tmp_path: Path) -> None:
    first, second = (run_answers(system, load_beir(beir), seed=1, cache=tmp_path / "cache") for _ in range(2))
    assert first.summary.metrics == second.summary.metrics
    assert system.built == 1
    (cached,) = (path for path in (tmp_path / "cache").iterdir() if path.is_dir())
    assert len(json.loads((cached / "documents.json").read_text(encoding="utf-8"))) == 4


def test_questions_without_answers_are_refused(system: FakeSystem, write_beir: WriteBeir) -> None:
    folder = write_beir(queries=[{"_id": "q1", "text": "?", "answers": [""]}], qrels={"test": "q1\treturns\t1\n"})
    with pytest.raises(InvalidInput, match="1 queries have no answers, the first is 'q1'"):
        run_answers(system, load_beir(folder), seed=1)


def test_one_question_is_too_few(system: FakeSystem, write_beir: WriteBeir) -> None:
    with pytest.raises(InvalidInput, match="at least two questions"):
        run_answers(system, load_beir(write_beir(qrels={"test": "q1\treturns\t1\n"})), seed=1)
