"""Gates: what holds, what fails and why, and precise errors for a wrong file."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from engine.errors import InvalidInput
from evals.comparison import compare
from evals.datasets.golden import SAMPLE_FOLDER
from evals.gates import Gate, GateOutcome, check_gates, load_gates
from evals.measures import MEASURES
from evals.reporting.junit import gates_as_junit
from evals.runs.results import Results
from tests.unit.evals.run_builders import case, manifest, results

CASES = [case(f"c{n}", {"containment": float(n < 15)}, slices={"language": "ja" if n % 2 else "en"}) for n in range(20)]
RUN = results("new", CASES)


def outcome(**fields: object) -> GateOutcome:
    (found,) = check_gates([Gate.model_validate({"measure": "containment", **fields})], RUN)
    return found


def test_a_value_within_its_bounds_holds() -> None:
    assert outcome(least=0.75, most=0.75) == GateOutcome("containment over all: >= 0.75 and <= 0.75", True, "")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"least": 0.8}, "0.75 is below 0.8"),
        ({"most": 0.5}, "0.75 is above 0.5"),
        ({"least": 0.7, "fewest": 30}, "20 cases, at least 30 are needed"),
        ({"least": 0.1, "slice": "language=de"}, "the run has no such figure"),
        ({"least": 0.1, "measure": "mrr@10"}, "the run has no such figure"),
    ],
)
def test_what_fails_says_why(fields: dict[str, object], reason: str) -> None:
    found = outcome(**fields)
    assert not found.passed
    assert found.reason == reason


def test_slices_have_gates_of_their_own() -> None:
    assert outcome(slice="language=ja", least=0.75).passed is False
    assert outcome(slice="language=en", least=0.75).passed is True


def test_a_certain_gate_looks_at_the_interval() -> None:
    assert outcome(least=0.7).passed
    found = outcome(least=0.7, certain=True)
    assert not found.passed
    assert "the end of the 95 % interval" in found.reason
    assert outcome(least=0.4, certain=True).passed


def test_a_regression_is_one_that_is_proven() -> None:
    gate = Gate(measure="containment", no_regression=True)
    worse = results("new", [case(f"c{n}", {"containment": 0.0}) for n in range(20)])
    (failed,) = check_gates([gate], worse, compare(RUN, worse))
    assert not failed.passed
    assert "worse than the baseline: 0.75 → 0" in failed.reason
    one_less = results("new", [case("c0", {"containment": 0.0}), *CASES[1:]])
    (held,) = check_gates([gate], one_less, compare(RUN, one_less))
    assert held.passed


def test_a_regression_needs_a_baseline() -> None:
    with pytest.raises(InvalidInput, match="--baseline"):
        outcome(no_regression=True)


def test_an_incomplete_run_holds_nothing() -> None:
    half = Results("half", manifest(40), tuple(CASES), ())
    found = check_gates([Gate(measure="containment", least=0.1)], half)
    assert [each.passed for each in found] == [False, True]
    assert found[0].reason == "20 of 40 cases are there"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_gates_are_read(tmp_path: Path) -> None:
    text = (
        '[[gate]]\nmeasure = "containment"\nleast = 1\n[[gate]]\nmeasure = "failed"\nmost = 0.0\nslice = "language=ja"'
    )
    first, second = load_gates(write(tmp_path / "gates.toml", text))
    assert (first.measure, first.least, first.slice, first.fewest) == ("containment", 1.0, "all", 1)
    assert (second.most, second.slice) == (0.0, "language=ja")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[gate]", "is not TOML.*line 1"),
        (
            '[[gate]]\nmeasure = "contianment"\nleast = 1',
            "'contianment' is not a measure; did you mean 'contain",
        ),
        ('[[gate]]\nmeasure = "containment"', "gate 1: needs least, most or no_regression"),
        ('[[gate]]\nmeasure = "failed"\nmost = 0\n[[gate]]\nleast = 1', "gate 2, measure: is missing"),
        ('[[gate]]\nmeasure = "failed"\nmsot = 0', "gate 1, msot: is not a known field"),
        ('[[gate]]\nmeasure = "failed"\nmost = "low"', "gate 1, most: Input should be a valid number"),
        ('[gates]\nmeasure = "failed"', "gate: is missing.*gates: is not a known field"),
    ],
)
def test_faults_of_the_file_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        load_gates(write(tmp_path / "gates.toml", text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"no file nowhere\.toml"):
        load_gates(tmp_path / "nowhere.toml")


def test_the_gates_of_the_sample_are_sound() -> None:
    gates = load_gates(SAMPLE_FOLDER / "gates.toml")
    assert {"containment", "abstained", "citation_exactness", "injection_success"} <= {gate.measure for gate in gates}
    for gate in gates:
        higher = MEASURES[gate.measure].higher_is_better
        assert (gate.least is not None) == higher, gate.measure


def test_outcomes_as_junit() -> None:
    text = gates_as_junit("run\x07", [GateOutcome("a <b>", True, ""), GateOutcome("c", False, "too & low")])
    (suite,) = fromstring(text)  # noqa: S314
    assert (suite.get("tests"), suite.get("failures"), suite.get("name")) == ("2", "1", "gates of run\ufffd")
    held, failed = suite
    assert held.find("failure") is None
    failure = failed.find("failure")
    assert failure is not None
    assert failure.get("message") == "too & low"
