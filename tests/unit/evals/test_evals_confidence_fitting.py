"""Fitting models and scales to examples, and measuring them on others."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from engine.answering.calibration import probability
from engine.answering.confidence import MODELS, SCALES, Matter
from engine.answering.neighbours import Neighbours
from engine.answering.signals import Signals
from engine.domain.search import Passage, SearchResult
from evals.confidence_examples import Example, examples
from evals.confidence_fitting import fitted_model, fitted_scale
from evals.datasets.beir import Query
from evals.fit_confidence import fit, main
from tests.builders import passage
from tests.unit.evals.fake_system import FakeSubject


def told(count: int, matter: Matter = Matter.PLAIN) -> list[Example]:
    """Return examples in which coverage tells, strength misleads and nothing else says anything."""
    dice = random.Random(5)
    found = []
    for _ in range(count):
        there = dice.random() < 0.5
        signals = Signals(passage=dice.gauss(0.6 if there else 0.4, 0.1), strength=dice.gauss(0.1 if there else 0.3, 1))
        found.append(Example(matter, signals, there, there and dice.random() < 0.8))
    return found


def test_a_signal_counts_for_what_it_tells_and_never_against_itself() -> None:
    model = fitted_model(told(800))
    assert isinstance(model.coefficients, Signals)
    assert model.coefficients.passage > 5
    assert model.coefficients.strength == 0.0
    assert model.coefficients.close == 0.0


def test_models_are_of_the_kind_of_their_signals() -> None:
    rows = [Example(Matter.WORDINGS, Neighbours(near=n / 40), n > 20, n > 20) for n in range(40)]
    model = fitted_model(rows)
    assert isinstance(model.coefficients, Neighbours)
    assert model.coefficients.near > 0


@pytest.mark.parametrize(("slope", "intercept", "ceiling"), [(1.0, 0.0, 0.8), (2.0, -1.0, 0.9), (0.6, 0.5, 0.95)])
def test_a_scale_says_how_often_answers_are_right(slope: float, intercept: float, ceiling: float) -> None:
    dice = random.Random(2)
    scores = [dice.uniform(-6, 6) for _ in range(6000)]
    right = [dice.random() < ceiling * probability(slope * each + intercept) for each in scores]
    found = fitted_scale(scores, right)
    for score in (-3.0, 0.0, 2.0, 5.0):
        assert found.probability(score) == pytest.approx(ceiling * probability(slope * score + intercept), abs=0.05)


def test_matters_without_examples_keep_what_is_shipped() -> None:
    found = fit(told(300))
    assert found.models[Matter.ACROSS] == MODELS[Matter.ACROSS]
    assert found.scales[Matter.JAPANESE] == SCALES[Matter.JAPANESE]
    assert found.models[Matter.JAPANESE] == found.models[Matter.PLAIN] != MODELS[Matter.PLAIN]
    assert found.scales[Matter.PLAIN] != SCALES[Matter.PLAIN]


def test_what_does_not_teach_has_no_say_in_the_model() -> None:
    mute = [replace(each, matter=Matter.HEADED, answerable=not each.answerable, teaches=False) for each in told(300)]
    found = fit([*told(300), *mute])
    assert found.models == fit(told(300)).models
    assert found.scales[Matter.HEADED] != SCALES[Matter.HEADED]


def test_what_was_fitted_is_right_as_often_as_it_says() -> None:
    everything = told(2000)
    found = fit(everything[:1000])
    mean = sum(map(found.confidence, everything[1000:])) / 1000
    assert mean == pytest.approx(sum(each.right for each in everything[1000:]) / 1000, abs=0.05)


class Shelf(FakeSubject):
    """Finds the same passages for any question."""

    shelf: Sequence[Passage] = ()

    def candidates(self, query: str, *, limit: int) -> SearchResult:
        """Return all passages."""
        return SearchResult(query, "en", tuple(self.shelf[:limit]))


def test_each_question_is_taken_with_its_passages_and_without(tmp_path: Path) -> None:
    right = replace(passage("The hinge is covered for nine months.", document="gold", score=60.0), scores={"late": 0.9})
    other = replace(passage("Lids come in red.", document="other", score=5.0), scores={"late": 0.2})
    subject = Shelf(tmp_path)
    subject.shelf = [right, other]
    asked = Query("q", "How long is the hinge covered?", {"gold.md": 1.0}, ("nine months",))
    with_gold, without = examples(subject, [asked, Query("blank", " ", {}, ())])
    assert (with_gold.answerable, with_gold.right) == (True, True)
    assert (without.answerable, without.right) == (False, False)
    assert isinstance(with_gold.signals, Signals)
    assert isinstance(without.signals, Signals)
    assert with_gold.signals.close > without.signals.close
    assert not math.isclose(with_gold.signals.late, without.signals.late)


def test_the_command_prints_what_is_to_be_put_into_the_engine(tmp_path: Path) -> None:
    parts = ("hinge", "lid", "filter", "brush", "battery", "cable", "pump", "valve", "hose", "tank", "wheel", "sensor")
    corpus = [
        {"_id": part, "title": "", "text": f"The {part} is covered for {n} months."} for n, part in enumerate(parts)
    ]
    queries = [
        {"_id": f"q{n}", "text": f"How many months is the {part} covered?", "answers": [f"{n} months"]}
        for n, part in enumerate(parts)
    ]
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    rows = ["query-id\tcorpus-id\tscore", *(f"q{n}\t{part}\t1" for n, part in enumerate(parts))]
    (tmp_path / "qrels" / "test.tsv").write_text("\n".join(rows))
    app = typer.Typer()
    app.command()(main)
    printed = CliRunner().invoke(app, [str(tmp_path), "--cache", str(tmp_path / "cache")])
    assert printed.exit_code == 0, printed.output
    for wanted in ("Model(", "PLAIN Scale(", "THRESHOLDS ((0.01,", "12 examples, AUROC"):
        assert wanted in printed.stdout
