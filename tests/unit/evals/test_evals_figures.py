"""Figures over all cases and over slices."""

from __future__ import annotations

import pytest

from evals.figures import ALL, figures, slices_of, value_over
from evals.measures import HEADLINES, MEASURES
from evals.runs.case import Task
from tests.unit.evals.run_builders import case

EN = [case(f"en{n}", {"containment": float(n % 2)}, slices={"language": "en", "kind": "plain"}) for n in range(6)]
JA = [case(f"ja{n}", {"containment": 1.0}, slices={"language": "ja", "kind": "plain"}) for n in range(5)]
FEW = [case("de", slices={"language": "de", "kind": "plain"})]


def test_slices_need_enough_cases_and_must_differ() -> None:
    found = slices_of([*EN, *JA, *FEW])
    assert list(found) == [ALL, "language=en", "language=ja"]
    assert len(found["language=ja"]) == 5


def test_slices_of_the_same_cases_come_once() -> None:
    twice = [case(f"x{n}", slices={"language": "en", "dataset": "a"}) for n in range(5)]
    others = [case(f"y{n}", slices={"language": "ja", "dataset": "b"}) for n in range(5)]
    assert list(slices_of([*twice, *others])) == [ALL, "language=en", "language=ja"]


def test_means_are_over_the_cases_that_have_the_measure() -> None:
    cases = [case("a", {"containment": 1.0, "faithfulness": 0.5}), case("b", {"containment": 0.0})]
    found = {each.measure: each for each in figures(cases)}
    assert (found["containment"].value, found["containment"].n) == (0.5, 2)
    assert (found["faithfulness"].value, found["faithfulness"].n) == (0.5, 1)
    assert "mrr@10" not in found


def test_figures_come_in_the_order_of_the_catalogue() -> None:
    names = [each.measure for each in figures([*EN, *JA]) if each.slice == ALL]
    assert names == [name for name in MEASURES if name in names]
    assert set(HEADLINES) <= set(MEASURES)


def test_confidence_is_measured_over_cases() -> None:
    known = [case(f"k{n}", {"containment": 1.0}, confidence=0.9) for n in range(3)]
    unknown = [case(f"u{n}", {"abstained": 1.0}, confidence=0.2) for n in range(3)]
    found = {each.measure: each for each in figures([*known, *unknown])}
    assert found["abstention_auroc"].value == 1.0
    assert found["abstention_auroc"].n == 6
    assert found["ece"].value == pytest.approx((0.1 + 0.2) / 2)
    assert value_over("abstention_auroc", known) is None


def test_attacks_do_not_count_for_confidence() -> None:
    attack = case("attack", {"injection_success": 0.0}, facts={"right": False}, confidence=0.99)
    cases = [case("a", {"containment": 1.0}, confidence=0.99), attack]
    assert value_over("ece", cases) == pytest.approx(0.01)


def test_times_are_by_task_and_without_failures() -> None:
    cases = [
        case("a", milliseconds=10.0),
        case("b", milliseconds=30.0),
        case("c", {"mrr@10": 1.0}, task=Task.SEARCH, milliseconds=2.0),
        case("d", milliseconds=9999.0, error="BackendFailed"),
    ]
    assert value_over("answer_p50_ms", cases) == 20.0
    assert value_over("search_p50_ms", cases) == 2.0
    assert value_over("search_p50_ms", cases[:2]) is None


def test_hand_overs_are_measured_where_they_are_known() -> None:
    facts = [(True, True), (True, False), (False, False)]
    cases = [
        case(str(n), facts={"right": True, "hand_over_needed": needed, "handed_over": done})
        for n, (needed, done) in enumerate(facts)
    ]
    assert value_over("hand_over_precision", cases) == 1.0
    assert value_over("hand_over_recall", cases) == 0.5
    assert value_over("hand_over_recall", EN) is None
