"""Show reports to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Column, Table

from evals.answers import AnswersReport
from evals.figures import ALL
from evals.golden import GoldenReport
from evals.measures import MEASURES, Unit
from evals.metrics import RiskPoint
from evals.report import Summary
from evals.retrieval import RetrievalReport
from evals.runs.results import Results

__all__ = ["points_table", "show_answers", "show_golden", "show_results", "show_retrieval"]


def show_retrieval(report: RetrievalReport) -> RenderableType:
    """Return the table of a retrieval run, its times included."""
    return _metrics(report.summary, extra=report.timings)


def show_answers(report: AnswersReport) -> RenderableType:
    """Return the tables of an answers run: metrics, and error rate by coverage."""
    return Group(_metrics(report.summary), points_table(report.risk_coverage))


def points_table(points: Sequence[RiskPoint]) -> Table:
    """Return the table of a risk-coverage curve: which confidence answers how much, and how much of that is wrong."""
    table = Table("coverage", "threshold", "answered", "error rate", title="risk-coverage")
    for point in points:
        shares = (f"{share:.1%}" for share in (point.answered, point.error_rate))
        table.add_row(f"{point.coverage:.0%}", f"{point.threshold:.3f}", *shares)
    return table


def show_golden(report: GoldenReport) -> RenderableType:
    """Return the tables of a golden run: metrics over all, and by kind of question."""
    names = list(dict.fromkeys(name for row in report.kinds.values() for name in row))
    kinds = Table(Column("kind", no_wrap=True), *(name.replace("_", " ") for name in names), title="by kind")
    for kind, row in report.kinds.items():
        kinds.add_row(kind.value, *(_number(row[name]) if name in row else "" for name in names))
    return Group(_metrics(report.summary), kinds)


def show_results(results: Results) -> RenderableType:
    """Return the table of a run: every measure over all cases, with its interval."""
    state = "" if results.complete else f" of {results.planned}: not complete"
    table = Table("measure", "value", "95 %", "cases", title=f"{results.name} · {len(results.cases)} cases{state}")
    for figure in results.figures:
        if figure.slice == ALL:
            bounds = figure.interval
            digits = 1 if MEASURES[figure.measure].unit is Unit.MILLISECONDS else 3
            shown = f"{bounds.low:.{digits}f} … {bounds.high:.{digits}f}" if bounds else ""
            table.add_row(figure.measure, f"{figure.value:.{digits}f}", shown, str(figure.n))
    return table


def _metrics(summary: Summary, *, extra: Mapping[str, float] | None = None) -> Table:
    table = Table("metric", "value", title=f"{summary.dataset} · {summary.split} · {summary.queries} queries")
    for name, value in {**summary.metrics, **(extra or {}), "seconds": summary.seconds}.items():
        table.add_row(name, _number(value))
    return table


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"
