"""The report of a run as one HTML page that needs nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from evals.comparison import ChangedCase, Comparison, Difference, Verdict, compare
from evals.figures import ALL, Figure
from evals.measures import HEADLINES, MEASURES, Measure, Unit
from evals.reporting.charts import Bars, Histogram, LineChart
from evals.reporting.plots import latency_plot, reliability_plot, risk_coverage_plot, slice_plot
from evals.reporting.telling import telling_cases
from evals.runs.case import Task
from evals.runs.results import Results

__all__ = ["Section", "Sheet", "html_chart", "html_report", "html_sections", "shown"]

CASES = 8  # of each sort
PROVEN = 12  # changes that are shown at once; the others are folded away
SLICED = (
    *(("containment", key) for key in ("language", "kind", "question", "turn", "dataset")),
    *(("recall@10", key) for key in ("language", "pair")),
    ("mrr@10", "question"),
)
Chart = LineChart | Histogram | Bars


@dataclass(frozen=True, slots=True)
class Row:
    """A measure over all cases, beside what the baseline had."""

    measure: Measure
    figure: Figure
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; its first column names the row."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Charts and tables under one heading."""

    title: str
    charts: tuple[Chart, ...] = ()
    sheets: tuple[Sheet, ...] = ()


def html_report(results: Results, baseline: Results | None = None, *, cases: int = CASES) -> str:
    """Return the page; with a baseline, also what changed since. Texts of any origin are escaped."""
    comparison = compare(baseline, results) if baseline else None
    rows = [_row(figure, comparison) for figure in results.figures if figure.slice == ALL]
    page = _templates().get_template("report.html.j2")
    return page.render(
        results=results,
        comparison=comparison,
        baseline=baseline,
        headline=[row for name in HEADLINES for row in rows if row.measure.name == name],
        rows=rows,
        curves=list(_curves(results, baseline)),
        slices=[chart for measure, key in SLICED if (chart := slice_plot(results, measure, key, comparison))],
        groups=telling_cases(results.cases, most=cases),
        proven=_proven(comparison),
        most_proven=PROVEN,
        changed=_changed(comparison, cases),
    )


def html_sections(title: str, notes: Sequence[str], sections: Sequence[Section]) -> str:
    """Return a page of charts and tables."""
    return _templates().get_template("sections.html.j2").render(title=title, notes=notes, sections=sections)


def html_chart(chart: Chart) -> str:
    """Return one chart with its style, to be shown in a notebook."""
    return _templates().get_template("chart.html.j2").render(chart=chart)


def shown(value: float | None, measure: Measure) -> str:
    """Return a value as people read it: a percentage, a score, or milliseconds."""
    if value is None:
        return ""
    if measure.unit is Unit.SHARE:
        return f"{value:.1%}"
    return f"{value:.3f}" if measure.unit is Unit.SCORE else f"{value:.0f} ms"


def changed_by(difference: Difference) -> str:
    """Return a change as people read it: points of a hundred, a score, or milliseconds."""
    unit = MEASURES[difference.measure].unit
    if difference.change == 0:
        return "unchanged"
    if unit is Unit.SHARE:
        return f"{100 * difference.change:+.1f} points"
    return f"{difference.change:+.3f}" if unit is Unit.SCORE else f"{difference.change:+.0f} ms"


def slice_name(slice: str) -> str:
    """Return a slice as people read it."""
    key, _, value = slice.partition("=")
    return f"{key}: {value.replace('_', ' ')}" if value else "all cases"


def _row(figure: Figure, comparison: Comparison | None) -> Row:
    found = comparison.differences if comparison else ()
    same = (each for each in found if (each.slice, each.measure) == (figure.slice, figure.measure))
    return Row(MEASURES[figure.measure], figure, next(same, None))


def _curves(results: Results, baseline: Results | None) -> Iterator[Chart]:
    charts = (risk_coverage_plot(results, baseline), reliability_plot(results))
    times = (latency_plot(results, task) for task in Task)
    yield from (chart for chart in (*charts, *times) if chart is not None)


def _proven(comparison: Comparison | None) -> list[Difference]:
    if comparison is None:
        return []
    found = [*comparison.verdicts(Verdict.WORSE), *comparison.verdicts(Verdict.BETTER)]
    return sorted(found, key=lambda each: (each.measure not in HEADLINES, each.verdict is Verdict.BETTER))


def _changed(comparison: Comparison | None, most: int) -> list[tuple[str, int, list[ChangedCase]]]:
    """Return the cases that got worse and those that got better, with how many there are of each."""
    if comparison is None:
        return []
    worse = [each for each in comparison.changed if each.gain < 0]
    better = [each for each in comparison.changed if each.gain > 0]
    return [(title, len(found), found[:most]) for title, found in (("Worse", worse), ("Better", better)) if found]


@cache
def _templates() -> Environment:
    loader = PackageLoader("evals.reporting")
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.filters |= {"shown": shown, "changed_by": changed_by, "slice_name": slice_name}
    found.globals["measures"] = MEASURES
    return found
