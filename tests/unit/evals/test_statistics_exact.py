"""Statistics against complete enumeration, and comparisons of runs worked out by hand."""

from __future__ import annotations

import itertools
import json
import math
import random

import pytest

from evals.comparison import Comparison, Difference, Verdict, compare
from evals.runs.case import Case
from evals.statistics import bootstrap_of, holm, mean_interval, sign_flip_p
from tests.unit.evals.run_builders import case, results


def every_sign_choice(differences: list[float]) -> float:
    """Return the exact two-sided p-value: the share of all 2^n choices of signs at least as far from 0."""
    observed = abs(sum(differences))
    choices = itertools.product((1, -1), repeat=len(differences))
    sums = [abs(sum(sign * each for sign, each in zip(signs, differences, strict=True))) for signs in choices]
    return sum(each >= observed - 1e-9 for each in sums) / len(sums)


@pytest.mark.parametrize(
    "differences",
    [
        [1.0] * 6,
        [1.0] * 5 + [-1.0],
        [0.5, 0.25, -0.25, 1.0, -0.5, 0.75],
        [0.1, 0.2, 0.3, 0.4, 0.5, -0.05, -0.15],
        [1.0, -1.0],
        [3.0, 0.0, 0.0, 0.0],
        [-0.2, -0.4, -0.6, -0.8, 0.1, 0.1, 0.1, 0.1],
    ],
)
def test_the_randomisation_test_estimates_the_share_of_all_sign_choices(differences: list[float]) -> None:
    exact = every_sign_choice([each for each in differences if each])
    assert sign_flip_p(differences) == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / 20_000) + 1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_random_differences_have_the_p_of_their_sign_choices(seed: int) -> None:
    chance = random.Random(seed)
    differences = [chance.choice([-1, -0.5, 0.25, 0.5, 1]) for _ in range(9)]
    assert sign_flip_p(differences) == pytest.approx(every_sign_choice(differences), abs=0.02)


def test_cases_that_did_not_change_change_no_p() -> None:
    changed = [1.0, 1.0, -1.0, 1.0]
    assert sign_flip_p([*changed, *[0.0] * 500]) == sign_flip_p(changed)


@pytest.mark.parametrize("values", [[0.0, 1.0, 1.0], [0.2, 0.4, 0.9], [0.0, 0.0, 1.0, 1.0]])
def test_the_bootstrap_has_the_percentiles_of_all_resamples(values: list[float]) -> None:
    every = sorted(sum(drawn) / len(values) for drawn in itertools.product(values, repeat=len(values)))
    found = mean_interval(values, resamples=20_000)
    # The distribution has steps: what the estimate may be lies between the quantiles around 2.5 % and 97.5 %.
    low = (every[math.floor(0.02 * len(every))], every[math.floor(0.03 * len(every))])
    high = (every[math.floor(0.97 * len(every)) - 1], every[min(len(every) - 1, math.ceil(0.98 * len(every)))])
    assert low[0] <= found.low <= low[1]
    assert high[0] <= found.high <= high[1]


def test_a_statistic_that_is_not_there_for_some_resamples_is_taken_from_the_others() -> None:
    ratio = bootstrap_of([1, 0], lambda drawn: sum(drawn) / drawn.count(1) if 1 in drawn else None, resamples=50)
    assert ratio is not None
    assert (ratio.low, ratio.high) == (1.0, 1.0)
    assert bootstrap_of([1, 2], lambda _: None, resamples=5) is None


@pytest.mark.parametrize(
    ("plain", "adjusted"),
    [
        ([0.01, 0.02, 0.03], (0.03, 0.04, 0.04)),
        ([0.03, 0.01, 0.02], (0.04, 0.03, 0.04)),
        ([0.01, 0.01, 0.01, 0.01], (0.04, 0.04, 0.04, 0.04)),
        ([0.005, 0.011, 0.02, 0.04, 0.13], (0.025, 0.044, 0.06, 0.08, 0.13)),
        ([0.6, 0.5], (1.0, 1.0)),
        ([0.04], (0.04,)),
        ([0.0, 1.0], (0.0, 1.0)),
    ],
)
def test_holm_worked_by_hand(plain: list[float], adjusted: tuple[float, ...]) -> None:
    assert holm(plain) == pytest.approx(adjusted)


@pytest.mark.parametrize("seed", range(5))
def test_holm_rejects_what_its_step_down_procedure_rejects(seed: int) -> None:
    chance = random.Random(seed)
    plain = [chance.random() ** 3 for _ in range(12)]
    rejected: set[int] = set()
    for rank, at in enumerate(sorted(range(len(plain)), key=plain.__getitem__)):
        if plain[at] > 0.05 / (len(plain) - rank):
            break
        rejected.add(at)
    assert {at for at, p in enumerate(holm(plain)) if p <= 0.05} == rejected


def run(values: str, *, measure: str = "containment", kinds: str = "") -> list[Case]:
    """Return a case for each digit (in tenths; x is 10); its kind is the letter at the same place."""
    tenths = [10 if digit == "x" else int(digit) for digit in values]
    return [
        case(f"c{at:02}", {measure: tenth / 10}, slices={"kind": kinds[at]} if kinds else {"language": "en"})
        for at, tenth in enumerate(tenths)
    ]


def difference(found: Comparison, measure: str, slice: str = "all") -> Difference:
    return next(each for each in found.differences if (each.measure, each.slice) == (measure, slice))


@pytest.mark.parametrize(
    ("before", "after", "measure", "verdict"),
    [
        ("00000000", "xxxxxxxx", "containment", Verdict.BETTER),  # p = 2 / 2^8
        ("xxxxxxxx", "00000000", "containment", Verdict.WORSE),
        ("00000", "xxxxx", "containment", Verdict.UNPROVEN),  # p = 2 / 2^5 = .0625
        ("000000", "xxxxxx", "containment", Verdict.BETTER),  # p = 2 / 2^6 = .031
        ("00000000", "xxxxxxx0", "containment", Verdict.BETTER),
        ("0x0x0x0x", "x0x0x0x0", "containment", Verdict.UNPROVEN),
        ("00000000", "xxxxxxxx", "failed", Verdict.WORSE),  # fewer is better
        ("xxxxxxxx", "00000000", "failed", Verdict.BETTER),
        ("55555555", "55555555", "containment", Verdict.UNPROVEN),
    ],
)
def test_verdicts_by_hand(before: str, after: str, measure: str, verdict: Verdict) -> None:
    found = compare(results("a", run(before, measure=measure)), results("b", run(after, measure=measure)))
    assert difference(found, measure).verdict is verdict


def test_what_is_proven_alone_need_not_be_among_many_slices() -> None:
    kinds = "a" * 6 + "b" * 6 + "c" * 6 + "d" * 6
    before, after = run("0" * 24, kinds=kinds), run("x" * 6 + "0" * 18, kinds=kinds)
    found = compare(results("a", before), results("b", after))
    slice_a = difference(found, "containment", "kind=a")
    assert slice_a.p == pytest.approx(1 / 32, abs=0.005)
    assert slice_a.adjusted_p is not None
    assert slice_a.adjusted_p > 0.05  # five slices are tested, that of all cases among them
    assert slice_a.verdict is Verdict.UNPROVEN
    assert difference(found, "containment", "kind=b").p == 1.0


def test_only_cases_of_both_runs_are_compared_and_the_others_counted() -> None:
    before, after = run("0000000000"), run("xxxxxxxxxxxx")[2:]
    found = compare(results("a", before), results("b", after))
    assert (found.cases, found.only_before, found.only_after) == (8, 2, 2)
    assert difference(found, "containment").n == 8


def test_a_case_that_lacks_the_measure_in_one_run_is_not_a_change() -> None:
    before = [case("c0", {"containment": 0.0}), case("c1", {"token_f1": 0.5})]
    after = [case("c0", {"containment": 1.0}), case("c1", {"containment": 1.0, "token_f1": 0.5})]
    found = compare(results("a", before), results("b", after))
    assert difference(found, "containment").n == 1
    assert [each.after.id for each in found.changed] == ["c0"]


def test_the_cases_that_changed_most_come_first_and_losses_before_gains() -> None:
    found = compare(results("a", run("05x0", measure="mrr@10")), results("b", run("5000", measure="mrr@10")))
    assert [(each.after.id, each.gain) for each in found.changed] == [("c02", -1.0), ("c01", -0.5), ("c00", 0.5)]


def test_settings_that_differ_are_named_with_both_values_and_nothing_else_is() -> None:
    one, other = results("a", run("0"), candidates=100, reranker="none"), results("b", run("0"), candidates=50)
    assert set(compare(one, other).settings) == {("candidates", "100", "50"), ("reranker", "none", "None")}
    assert compare(one, one).settings == ()


def test_the_document_of_a_comparison_holds_what_the_tables_show() -> None:
    compared = compare(results("a", run("0" * 8)), results("b", run("x" * 8)))
    document = compared.as_json()
    assert list(document) == [
        *("before", "after", "cases", "only_before", "only_after"),
        *("settings", "differences", "changed"),
    ]
    row = json.loads(json.dumps(difference(compared, "containment").as_json()))
    assert row in json.loads(json.dumps(document))["differences"]
    assert (row["before"], row["after"], row["change"], row["verdict"]) == (0.0, 1.0, 1.0, "better")
    assert row["interval"] == {"low": 1.0, "high": 1.0}
    assert row["p"] == row["adjusted_p"] == pytest.approx(2 / 256, abs=0.003)
