"""The figures of a run: every measure over all cases and over each slice, with its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evals.measures import MEASURES
from evals.metrics import aurc, auroc, expected_calibration_error, hand_over, percentile
from evals.report import mean
from evals.runs.case import Case, Task
from evals.statistics import Interval, bootstrap_of, mean_interval

__all__ = ["ALL", "OVER_CASES", "Figure", "figures", "slices_of", "value_over"]

OverCases = Callable[[Sequence[Case]], float | None]
ALL = "all"
KEYS = ("language", "kind", "dataset", "pair", "cell", "question", "turn")
LEAST = 5  # cases; smaller slices say nothing


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over the `n` cases of a slice that have it; `slice` is "all" or such as "language=ja"."""

    slice: str
    measure: str
    n: int
    value: float
    interval: Interval | None


def figures(cases: Sequence[Case]) -> tuple[Figure, ...]:
    """Return the figures of all cases and of each slice with enough of them; measures in the order of the catalogue."""
    return tuple(
        figure
        for name, members in slices_of(cases).items()
        for measure in MEASURES
        if (figure := _figure(name, measure, members)) is not None
    )


def slices_of(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """Return the cases by slice: all, and each value of each slicing, by name.

    Slices of too few cases are left out, and those that hold the same cases as one before them.
    """
    found: dict[str, list[Case]] = {}
    for case in cases:
        for key, value in case.slices.items():
            found.setdefault(f"{key}={value}", []).append(case)
    kept, seen = {ALL: list(cases)}, {frozenset(case.id for case in cases)}
    for name in sorted(found, key=lambda each: (_rank(each), each)):
        members = frozenset(case.id for case in found[name])
        if len(members) >= LEAST and members not in seen:
            seen.add(members)
            kept[name] = found[name]
    return kept


def _rank(slice: str) -> int:
    key = slice.partition("=")[0]
    return KEYS.index(key) if key in KEYS else len(KEYS)


def value_over(measure: str, cases: Sequence[Case]) -> float | None:
    """Return a measure over cases; None if none of them has it."""
    if measure in OVER_CASES:
        return OVER_CASES[measure](cases)
    values = [case.metrics[measure] for case in cases if measure in case.metrics]
    return mean(values) if values else None


def _figure(name: str, measure: str, cases: Sequence[Case]) -> Figure | None:
    if measure in OVER_CASES:
        value = OVER_CASES[measure](cases)
        if value is None:
            return None
        interval = bootstrap_of(cases, OVER_CASES[measure]) if name == ALL and len(cases) <= 5000 else None
        return Figure(name, measure, _count(measure, cases), value, interval)
    values = [case.metrics[measure] for case in cases if measure in case.metrics]
    return Figure(name, measure, len(values), mean(values), mean_interval(values)) if values else None


def _count(measure: str, cases: Sequence[Case]) -> int:
    """Count the cases that a measure over many cases looks at."""
    if measure.endswith("_ms"):
        return sum(case.task is Task(measure.partition("_")[0]) and not case.error for case in cases)
    fact = "hand_over_needed" if measure.startswith("hand_over") else "answerable"
    return sum(fact in case.facts for case in cases)


def _auroc(cases: Sequence[Case]) -> float | None:
    told = [(case.confidence, case.facts["answerable"]) for case in cases if "answerable" in case.facts]
    known = [(confidence, answerable) for confidence, answerable in told if confidence is not None]
    if len({answerable for _, answerable in known}) < 2:
        return None
    return auroc([confidence for confidence, _ in known], [answerable for _, answerable in known])


def _judged(cases: Sequence[Case]) -> tuple[list[float], list[bool]]:
    rows = [(case.confidence, case.facts["right"]) for case in cases if "answerable" in case.facts]
    known = [(confidence, right) for confidence, right in rows if confidence is not None]
    return [confidence for confidence, _ in known], [right for _, right in known]


def _over_judged(
    metric: Callable[[Sequence[float], Sequence[bool]], float],
) -> Callable[[Sequence[Case]], float | None]:
    def measured(cases: Sequence[Case]) -> float | None:
        confidences, right = _judged(cases)
        return metric(confidences, right) if confidences else None

    return measured


def _latency(task: Task, q: float) -> OverCases:
    def measured(cases: Sequence[Case]) -> float | None:
        times = [case.milliseconds for case in cases if case.task is task and not case.error]
        return percentile(times, q) if times else None

    return measured


def _hand_over(side: str) -> OverCases:
    def measured(cases: Sequence[Case]) -> float | None:
        known = [case.facts for case in cases if "hand_over_needed" in case.facts]
        found = hand_over([each["handed_over"] for each in known], [each["hand_over_needed"] for each in known])
        return {"precision": found.precision, "recall": found.recall}[side] if known else None

    return measured


OVER_CASES: Mapping[str, OverCases] = {
    "abstention_auroc": _auroc,
    "aurc": _over_judged(aurc),
    "ece": _over_judged(expected_calibration_error),
    "hand_over_precision": _hand_over("precision"),
    "hand_over_recall": _hand_over("recall"),
    "search_p50_ms": _latency(Task.SEARCH, 50),
    "search_p95_ms": _latency(Task.SEARCH, 95),
    "answer_p50_ms": _latency(Task.ANSWER, 50),
    "answer_p95_ms": _latency(Task.ANSWER, 95),
}
"""Measures that are not means over cases."""
