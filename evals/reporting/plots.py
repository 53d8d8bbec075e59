"""The charts of a run."""

from __future__ import annotations

from collections.abc import Sequence

from evals.comparison import Comparison
from evals.measures import MEASURES
from evals.metrics import percentile, reliability, risk_coverage
from evals.reporting.charts import BarRow, Bars, Histogram, LineChart, Series, nice_ceiling
from evals.runs.case import Case, Task
from evals.runs.results import Results

__all__ = ["latency_plot", "reliability_plot", "risk_coverage_plot", "slice_plot"]

LEAST = 10  # cases; a curve over fewer says nothing
LEAST_BAR = 5
COVERAGES = tuple(step / 40 for step in range(1, 41))


def risk_coverage_plot(results: Results, baseline: Results | None = None) -> LineChart | None:
    """Return how often answers are wrong when only the most confident share is given; None without enough answers."""
    curves = [(run, name) for run, name in ((results, "this run"), (baseline, "baseline")) if run is not None]
    series = [_risk(run, name, faint=run is baseline) for run, name in curves]
    found = tuple(each for each in series if each is not None)
    if not found:
        return None
    top = nice_ceiling(max(y for each in found for _, y in each.points))
    accepted = _accepted_error(results)
    top = min(1.0, max(top, nice_ceiling(accepted or 0.0)))
    if accepted is not None:
        found = (*found, Series(f"accepted error {accepted:.0%}", ((0.0, accepted), (1.0, accepted)), faint=True))
    scaled = tuple(Series(s.name, tuple((x, y / top) for x, y in s.points), faint=s.faint) for s in found)
    note = (
        "Left is strict: only the surest answers are given. A good confidence keeps the curve low on the left. "
        "Where it crosses the accepted error lies the share of questions that can be answered within it."
    )
    return LineChart("Risk and coverage", "questions answered", "of those, wrong", scaled, top, note)


def reliability_plot(results: Results) -> LineChart | None:
    """Return how often answers of a given confidence are right; None without enough answers."""
    confidences, right = _confidences(results.cases)
    if len(confidences) < LEAST:
        return None
    bins = reliability(confidences, right)
    dots = Series(
        "answers", tuple((b.confidence, b.accuracy) for b in bins), dots=True, weights=tuple(b.count for b in bins)
    )
    ideal = Series("ideal", ((0.0, 0.0), (1.0, 1.0)), faint=True)
    note = (
        "A dot is a tenth of the scale, its area the number of answers. On the line, 70 % sure is 70 % right. "
        "Off it, the accepted error is not kept: knowdesk calibrate puts that right."
    )
    return LineChart("Reliability", "confidence", "right", (ideal, dots), note=note)


def latency_plot(results: Results, task: Task) -> Histogram | None:
    """Return how long calls took; None without enough of them."""
    times = [case.milliseconds for case in results.cases if case.task is task and not case.error]
    if len(times) < LEAST:
        return None
    marks = tuple((f"p{q}", percentile(times, q)) for q in (50, 95))
    end = nice_ceiling(percentile(times, 99))
    return Histogram.of(f"Time of {_NOUNS[task]}", "milliseconds", times, end=end, marks=marks)


def slice_plot(results: Results, measure: str, key: str, comparison: Comparison | None = None) -> Bars | None:
    """Return a measure by the slices of one key, such as "language"; None unless there are two of them."""
    sliced = [each for each in results.figures if each.measure == measure and each.slice.startswith(f"{key}=")]
    found = [each for each in sliced if each.n >= LEAST_BAR]
    if len(found) < 2:
        return None
    changes = {each.slice: each for each in (comparison.differences if comparison else ()) if each.measure == measure}
    rows = []
    for each in found:
        low, high = (each.interval.low, each.interval.high) if each.interval else (None, None)
        change = changes.get(each.slice)
        label = each.slice.partition("=")[2].replace("_", " ")
        before, verdict = (change.before, change.verdict.value) if change else (None, "")
        rows.append(BarRow(label, each.value, low, high, each.n, before, verdict))
    rows.sort(key=lambda row: -row.value)
    return Bars(f"{MEASURES[measure].label}, by {_KEYS.get(key, key)}", tuple(rows))


_NOUNS = {Task.SEARCH: "a search", Task.ANSWER: "an answer"}
_KEYS = {
    "pair": "language of question and pages",
    "cell": "set and language",
    "kind": "kind of question",
    "question": "what is asked for",
    "turn": "turn of the dialogue",
    "dataset": "set",
}


def _risk(run: Results, name: str, *, faint: bool) -> Series | None:
    confidences, right = _confidences(run.cases)
    if len(confidences) < LEAST:
        return None
    points = risk_coverage(confidences, right, coverages=COVERAGES)
    return Series(name, tuple((point.answered, point.error_rate) for point in points), faint=faint)


def _accepted_error(run: Results) -> float | None:
    """Return the accepted error of a run; None where a threshold was set instead, or the system has none."""
    settings = run.manifest.settings
    accepted = settings.get("accepted_error")
    return float(accepted) if isinstance(accepted, float) and settings.get("answer_threshold") is None else None


def _confidences(cases: Sequence[Case]) -> tuple[list[float], list[bool]]:
    known = [case for case in cases if case.confidence is not None and "answerable" in case.facts]
    return [case.confidence or 0.0 for case in known], [case.facts["right"] for case in known]
