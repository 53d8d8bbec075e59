"""The comparison with peers: what is measured, in which process, and what becomes of a system that fails."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.embedding.static import BUNDLED
from engine.errors import InvalidInput
from evals.bench.cli import app
from evals.bench.peers import command
from evals.bench.peers.contract import SYSTEMS, SystemSpec, passage_of
from evals.bench.peers.measuring import CHANGE, measure
from evals.bench.peers.models import find_model
from evals.bench.peers.process import Job, datasets
from evals.bench.peers.running import Outcome, bench_peers
from evals.datasets.beir import load_beir, sampled_corpus
from evals.subject import Entry
from tests.unit.evals.conftest import CORPUS, QRELS
from tests.unit.evals.fake_peer import FakePeer

WriteBeir = Callable[..., Path]
FAKE = "tests.unit.evals.fake_peer"


def fake(mode: str = "good") -> SystemSpec:
    return SystemSpec(FAKE, mode, "a fake")


def run(jobs: list[Job], *, time_limit_s: float = 120.0) -> list[Outcome]:
    return list(bench_peers(jobs, time_limit_s=time_limit_s, say=lambda _: None))


def test_a_system_is_filled_opened_again_searched_and_changed(beir: Path, tmp_path: Path) -> None:
    opened: list[FakePeer] = []

    def open_peer(folder: Path) -> FakePeer:
        opened.append(FakePeer(folder))
        return opened[-1]

    found = measure(open_peer, [load_beir(beir)], tmp_path)
    assert [(part.split, part.queries) for part in found.quality] == [("test", 4)]
    assert found.quality[0].metrics == {"mrr@10": 1.0, "ndcg@10": 1.0, "recall@10": 1.0}
    assert (found.documents, found.query.calls, found.change.found) == (4, 4, True)
    assert found.building.saved_s >= found.building.index_s > 0
    assert found.change.saved_ms >= found.change.update_ms > 0
    assert found.documents_per_s == pytest.approx(4 / found.building.saved_s)
    assert [peer.closed for peer in opened] == [True, True]
    assert sum(CHANGE in text for text in FakePeer(tmp_path).texts.values()) == 1


def test_each_split_has_its_own_figures(write_beir: WriteBeir, tmp_path: Path) -> None:
    wrong = QRELS.replace("q1\treturns", "q1\tbilling")
    folder = write_beir(qrels={"right": QRELS, "wrong": wrong})
    found = measure(FakePeer, [load_beir(folder, split) for split in ("right", "wrong")], tmp_path)
    right, worse = (part.metrics["mrr@10"] for part in found.quality)
    assert right == 1.0
    assert worse < 1.0


def test_what_is_not_saved_is_not_found_again(beir: Path, tmp_path: Path) -> None:
    class Forgetful(FakePeer):
        def save(self) -> None:
            pass

    found = measure(Forgetful, [load_beir(beir)], tmp_path)
    assert found.quality[0].metrics["recall@10"] == 0.0


def test_a_query_without_text_finds_nothing_and_is_not_sent(beir: Path, tmp_path: Path) -> None:
    whole = load_beir(beir)
    blank = replace(whole, queries=(replace(whole.queries[0], text=" "), *whole.queries[1:]))
    folders = [tmp_path / "whole", tmp_path / "blank"]
    for folder in folders:
        folder.mkdir()
    before, found = (measure(FakePeer, [each], at) for each, at in zip((whole, blank), folders, strict=True))
    assert (before.query.calls, found.query.calls) == (len(whole.queries), len(whole.queries) - 1)
    assert found.quality[0].queries == len(whole.queries)
    assert found.quality[0].metrics["recall@10"] < before.quality[0].metrics["recall@10"]


def test_nothing_to_search_for_is_said(beir: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nothing to search"):
        measure(FakePeer, [], tmp_path)


def test_systems_run_in_processes_and_one_that_fails_is_a_value(beir: Path) -> None:
    jobs = [Job(name, fake(name), beir) for name in ("broken", "good")]
    broken, good = run(jobs)
    assert broken.measured is None
    assert broken.failure.endswith("ValueError: the index is broken")
    assert good.measured is not None
    assert good.measured.quality[0].metrics["mrr@10"] == 1.0
    assert 5 < good.peak_mb < 2000
    assert not good.failure


def test_a_system_that_takes_too_long_is_a_value(beir: Path) -> None:
    (slow,) = run([Job("slow", fake("slow"), beir)], time_limit_s=0.5)
    assert "longer than" in slow.failure


def test_the_engine_runs_by_the_production_path(beir: Path) -> None:
    (ours,) = run([Job("knowdesk", SYSTEMS["knowdesk"], beir)])
    assert ours.measured is not None, ours.failure
    assert ours.measured.quality[0].metrics["recall@10"] == 1.0
    assert ours.measured.change.found
    assert ours.measured.documents == len(CORPUS)


def test_the_command_that_is_told_asks_for_the_same(beir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job("knowdesk", SYSTEMS["knowdesk"], beir, "bundled", ("test",), 2, 3, 7)
    asked: list[Job] = []

    def remember(jobs: list[Job], **_: object) -> list[Outcome]:
        asked.extend(jobs)
        return [Outcome(each, failure="not run") for each in jobs]

    monkeypatch.setattr(command, "bench_peers", remember)
    told = str(Outcome(job, failure="x").as_json()["command"])
    result = CliRunner().invoke(app, [*shlex.split(told)[2:], "--json"])
    assert asked == [job]
    assert result.exit_code == 1
    assert json.loads(result.stdout)["results"][0]["failure"] == "not run"


def test_documents_are_sampled_alike_for_each_split(write_beir: WriteBeir) -> None:
    folder = write_beir(qrels={"one": QRELS, "two": QRELS})
    one, two = datasets(Job("x", fake(), folder, documents=2))
    assert one.corpus == two.corpus
    assert len(one.corpus) == 2
    kept = {entry.uri for entry in one.corpus}
    assert all(query.relevant.keys() <= kept for query in one.queries)
    assert len(one.queries) == 2
    (limited, _) = datasets(Job("x", fake(), folder, documents=3, limit=1))
    assert (len(limited.corpus), len(limited.queries)) == (3, 1)


def test_a_sample_of_the_corpus_depends_on_the_seed_alone(beir: Path) -> None:
    dataset = load_beir(beir)
    assert sampled_corpus(dataset, documents=None, seed=1) == dataset
    assert sampled_corpus(dataset, documents=9, seed=1) == dataset
    samples = {sampled_corpus(dataset, documents=2, seed=seed).corpus for seed in (1, 1, 2, 3, 4)}
    assert 1 < len(samples) < 5


def test_a_title_stands_above_the_text() -> None:
    assert passage_of(Entry("a", "Title", "Text.")) == "Title\n\nText."
    assert passage_of(Entry("a", "", "Text.")) == "Text."


def test_models_are_named_or_lie_in_a_folder(tmp_path: Path) -> None:
    assert find_model("bundled").folder == BUNDLED
    assert (find_model("minilm").folder / "modules.json").is_file()
    assert find_model(str(BUNDLED)).setting == str(BUNDLED)
    with pytest.raises(InvalidInput, match="no model"):
        find_model(str(tmp_path))
    with pytest.raises(InvalidInput, match="no model"):
        find_model("somebody/some-model")
