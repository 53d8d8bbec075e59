"""Fitting how sure answers may be to golden questions."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from engine.answering.calibration import log_odds, probability
from engine.errors import InvalidInput
from evals.calibrating import FEWEST, FEWEST_OF_EACH, Outcome, fit, outcomes
from evals.datasets.golden import GoldenKind, GoldenQuestion
from evals.subject import Entry
from tests.unit.evals.fake_system import FakeSystem


def overconfident(count: int) -> list[Outcome]:
    """Return outcomes whose confidence is far above how often they are right."""
    dice = random.Random(3)
    sure = [dice.uniform(0.3, 0.99) for _ in range(count)]
    return [Outcome(f"q{n}", c, dice.random() < probability(log_odds(c) - 1.5)) for n, c in enumerate(sure)]


def test_a_correction_brings_confidence_down_to_what_is_right() -> None:
    report = fit(overconfident(400), basis="b", today="2026-11-21")
    assert report.before["ece"] > 0.2
    assert report.after["ece"] < 0.08
    assert report.after["mean_confidence"] == pytest.approx(report.after["right"], abs=0.03)
    assert report.calibration.intercept < -0.8


def test_the_calibration_says_what_it_was_fitted_on() -> None:
    own = fit(overconfident(100), basis="b", today="2026-11-21").calibration
    assert (own.questions, own.basis, own.fitted_on) == (100, "b", "2026-11-21")


def test_the_order_stays_about_as_it_was() -> None:
    report = fit(overconfident(400), basis="b", today="")
    assert report.after["auroc"] == pytest.approx(report.before["auroc"], abs=0.03)


def test_the_thresholds_are_those_of_the_corrected_confidence() -> None:
    found = overconfident(400)
    own = fit(found, basis="b", today="").calibration
    sure = [probability(own.slope * log_odds(each.confidence) + own.intercept) for each in found]
    for accepted, threshold in own.thresholds:
        given = [each.right for each, c in zip(found, sure, strict=True) if c >= threshold]
        assert len(given) < 30 or 1 - sum(given) / len(given) <= accepted + 0.1


def test_it_does_not_depend_on_the_order_of_the_questions() -> None:
    found = overconfident(100)
    assert fit(found, basis="b", today="") == fit(found[::-1], basis="b", today="")


@pytest.mark.parametrize(
    "found",
    [
        [],
        overconfident(FEWEST - 1),
        [Outcome(f"q{n}", 0.5, n >= FEWEST_OF_EACH - 1) for n in range(FEWEST)],
        [Outcome(f"q{n}", 0.5, n < FEWEST_OF_EACH - 1) for n in range(FEWEST)],
    ],
    ids=["none", "too few", "too few wrong", "too few right"],
)
def test_too_few_questions_are_refused_with_what_to_do(found: list[Outcome]) -> None:
    with pytest.raises(InvalidInput, match=str(FEWEST)) as refused:
        fit(found, basis="b", today="")
    assert "golden questions" in refused.value.remedy


def question(id: str, text: str, *, answers: tuple[str, ...] = (), documents: tuple[str, ...] = ()) -> GoldenQuestion:
    kind = GoldenKind.ANSWERABLE if answers or documents else GoldenKind.OUT_OF_SCOPE
    return GoldenQuestion(id, text, "en", kind, (), documents, answers)


def test_outcomes_tell_what_was_right(tmp_path: Path) -> None:
    asked = [
        question("right", "battery warranty years", answers=("two years",)),
        question("wrong", "battery warranty", answers=("five years",)),
        question("by document", "battery warranty", documents=("a",)),
        question("other document", "battery warranty", documents=("b",)),
        question("out of scope", "battery of guns"),
        question("nothing found", "xyz"),
    ]
    with FakeSystem().open(tmp_path) as subject:
        list(subject.add([Entry("a", "A", "The battery warranty is two years")]))
        found = {each.id: each for each in outcomes(subject, asked)}
    assert {name: each.right for name, each in found.items()} == {
        "right": True,
        "wrong": False,
        "by document": True,
        "other document": False,
        "out of scope": False,
    }
    assert found["right"].confidence == pytest.approx(1.0)
