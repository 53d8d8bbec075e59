"""Laws of runs: logs, figures, comparisons, gates and statistics on random cases."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.comparison import Verdict, compare
from evals.figures import ALL, figures, slices_of
from evals.gates import Gate, check_gates
from evals.measures import MEASURES
from evals.runs.case import CASE, Case
from evals.runs.log import Log, read_log
from evals.statistics import holm, mean_interval, sign_flip_p
from tests.unit.evals.run_builders import case, results

few = settings(derandomize=True, deadline=None, max_examples=20)
names = st.sampled_from(["containment", "abstained", "mrr@10", "token_f1", "failed"])
metrics = st.dictionaries(names, st.integers(0, 4).map(lambda n: n / 4), min_size=1)
slices = st.fixed_dictionaries({"language": st.sampled_from(["en", "ja"]), "kind": st.sampled_from(["a", "b"])})
texts = st.text(max_size=12)
some_cases = st.lists(st.tuples(metrics, slices, texts), min_size=1, max_size=30).map(
    lambda rows: [case(f"c{n}", m, slices=s, question=t, answer=t) for n, (m, s, t) in enumerate(rows)]
)
values = st.lists(st.integers(-4, 4).map(lambda n: n / 4), min_size=1, max_size=40)


@few
@given(some_cases)
def test_cases_of_any_text_survive_the_log(cases: Sequence[Case]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Log(Path(folder) / "log", CASE)
        for each in cases:
            log.append(each)
        log.close()
        assert list(read_log(Path(folder) / "log", CASE)) == list(cases)


@few
@given(some_cases)
def test_figures_lie_in_their_intervals_and_ranges(cases: Sequence[Case]) -> None:
    for figure in figures(cases):
        assert figure.n <= len(cases)
        if figure.interval is not None and figure.measure in cases[0].metrics:
            assert figure.interval.low - 1e-9 <= figure.value <= figure.interval.high + 1e-9
            assert figure.interval.low >= 0
            assert figure.interval.high <= 1


@few
@given(some_cases)
def test_slices_are_parts_of_the_whole(cases: Sequence[Case]) -> None:
    found = slices_of(cases)
    assert found[ALL] == list(cases)
    members = [frozenset(each.id for each in part) for part in found.values()]
    assert len(set(members)) == len(members)
    for name, part in found.items():
        key, _, value = name.partition("=")
        assert all(each.slices[key] == value for each in part if value)


@few
@given(some_cases, st.randoms(use_true_random=False))
def test_the_order_of_cases_does_not_matter(cases: Sequence[Case], random: object) -> None:
    shuffled = list(cases)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = ({(f.slice, f.measure): f.value for f in figures(each)} for each in (cases, shuffled))
    assert one.keys() == other.keys()
    assert all(other[key] == pytest.approx(value) for key, value in one.items())


@few
@given(some_cases)
def test_a_run_is_never_better_or_worse_than_itself(cases: Sequence[Case]) -> None:
    found = compare(results("a", cases), results("b", cases))
    assert all(each.verdict is Verdict.UNPROVEN and each.change == 0 for each in found.differences)
    assert found.changed == ()


@few
@given(some_cases, some_cases)
def test_comparing_the_other_way_round_turns_the_sign(first: Sequence[Case], second: Sequence[Case]) -> None:
    n = min(len(first), len(second))
    one, other = results("a", first[:n]), results("b", second[:n])
    there = {(d.slice, d.measure): d for d in compare(one, other).differences if d.slice == ALL}
    back = {(d.slice, d.measure): d for d in compare(other, one).differences if d.slice == ALL}
    assert there.keys() == back.keys()
    opposite: Mapping[Verdict, Verdict] = {
        Verdict.BETTER: Verdict.WORSE,
        Verdict.WORSE: Verdict.BETTER,
        Verdict.UNPROVEN: Verdict.UNPROVEN,
    }
    for key, difference in there.items():
        assert back[key].change == pytest.approx(-difference.change)
        if difference.p is not None:
            assert back[key].p == difference.p
            assert back[key].verdict is opposite[difference.verdict]


@few
@given(some_cases)
def test_changed_cases_say_how_they_changed(cases: Sequence[Case]) -> None:
    turned = [case(each.id, {m: 1 - v for m, v in each.metrics.items()}, slices=each.slices) for each in cases]
    for change in compare(results("a", cases), results("b", turned)).changed:
        assert change.gain == change.after.metrics[change.measure] - change.before.metrics[change.measure] != 0
        assert change.before.id == change.after.id


@few
@given(some_cases, st.floats(0, 1), st.floats(0, 1))
def test_a_stricter_gate_never_passes_where_a_laxer_one_fails(cases: Sequence[Case], one: float, other: float) -> None:
    run, (lax, strict) = results("r", cases), sorted([one, other])
    for measure in cases[0].metrics:
        for certain in (False, True):
            gates = [Gate(measure=measure, least=bound, certain=certain) for bound in (lax, strict)]
            passed = [outcome.passed for outcome in check_gates(gates, run)]
            assert passed[0] >= passed[1]


@few
@given(some_cases)
def test_every_measure_that_a_run_has_is_in_the_catalogue(cases: Sequence[Case]) -> None:
    assert {each.measure for each in figures(cases)} <= set(MEASURES)


@few
@given(values)
def test_the_interval_of_a_mean_lies_between_the_extremes(sample: Sequence[float]) -> None:
    found = mean_interval(sample, resamples=200)
    assert min(sample) - 1e-9 <= found.low <= found.high <= max(sample) + 1e-9


@few
@given(values, st.sampled_from([2.0, 10.0]))
def test_p_is_blind_to_scale_sign_and_order(sample: Sequence[float], scale: float) -> None:
    p = sign_flip_p(sample, resamples=500)
    assert 0 < p <= 1
    assert sign_flip_p([-each for each in sample], resamples=500) == p
    assert sign_flip_p([each * scale for each in sample], resamples=500) == p
    assert sign_flip_p(list(reversed(sample)), resamples=500) == p


@few
@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_never_lowers_a_p_value_and_is_no_stricter_than_bonferroni(p_values: Sequence[float]) -> None:
    order = sorted(p_values)
    strictest = [max(min(1.0, each * len(order)) for each in order[: at + 1]) for at in range(len(order))]
    adjusted = holm(p_values)
    assert all(plain <= found for plain, found in zip(p_values, adjusted, strict=True))
    assert all(found <= bound + 1e-12 for found, bound in zip(sorted(adjusted), strictest, strict=True))
