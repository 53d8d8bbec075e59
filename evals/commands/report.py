"""`knowdesk eval report`: one page for people, JSON and JUnit XML for machines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from evals.commands.common import RunPath, reported_errors
from evals.reporting.junit import results_as_junit
from evals.reporting.page import CASES, html_report
from evals.runs.results import load_results

__all__ = ["register"]

Out = Annotated[Path, typer.Option("--out", help="HTML file to write.")]
Baseline = Annotated[Path | None, typer.Option("--baseline", help="Run to compare with.")]
Json = Annotated[Path | None, typer.Option("--json-out", help="Also write the figures as JSON.")]
Junit = Annotated[Path | None, typer.Option("--junit", help="Also write every case as JUnit XML.")]
Cases = Annotated[int, typer.Option("--cases", min=0, help="How many cases of each sort to show.")]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("report", epilog="Example: knowdesk eval report runs/after --baseline runs/before --out report.html")
    def report_command(
        run: RunPath,
        *,
        out: Out,
        baseline: Baseline = None,
        json_out: Json = None,
        junit: Junit = None,
        cases: Cases = CASES,
    ) -> None:
        """Write the report of a run: one HTML file that needs nothing else, in light and dark, for screen and paper."""
        with reported_errors():
            results, before = load_results(run), load_results(baseline) if baseline else None
            out.write_text(html_report(results, before, cases=cases), encoding="utf-8")
            if json_out:
                json_out.write_text(json.dumps(results.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
            if junit:
                junit.write_text(results_as_junit(results), encoding="utf-8")
        typer.echo(f"Wrote {out}.", err=True)
