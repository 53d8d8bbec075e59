"""`knowdesk eval gate`: does a run keep its thresholds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from evals.commands.common import AsJson, RunPath, reported_errors, show
from evals.comparison import compare
from evals.gates import check_gates, load_gates
from evals.reporting.junit import gates_as_junit
from evals.runs.results import load_results

__all__ = ["register"]

Gates = Annotated[Path, typer.Option("--gates", help="TOML file of thresholds, such as evals/sample/gates.toml.")]
Baseline = Annotated[Path | None, typer.Option("--baseline", help="Run that gates with no_regression compare with.")]
Junit = Annotated[Path | None, typer.Option("--junit", help="Also write the outcome as JUnit XML.")]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("gate", epilog="Example: knowdesk eval gate runs/after --gates gates.toml --baseline runs/before")
    def gate_command(
        run: RunPath, *, gates: Gates, baseline: Baseline = None, junit: Junit = None, as_json: AsJson = False
    ) -> None:
        """Check a run against thresholds; exit status 1, with the reasons, if one does not hold."""
        with reported_errors():
            wanted, results = load_gates(gates), load_results(run)
            comparison = compare(load_results(baseline), results) if baseline else None
            outcomes = check_gates(wanted, results, comparison)
            if junit:
                junit.write_text(gates_as_junit(results.name, outcomes), encoding="utf-8")
            table = Table("gate", "", "reason", title=f"{results.name}: gates")
            for each in outcomes:
                table.add_row(escape(each.name), "[green]holds[/]" if each.passed else "[red]fails[/]", each.reason)
            rows = [each.as_json() for each in outcomes]
            show(
                {"run": results.name, "passed": all(each.passed for each in outcomes), "gates": rows},
                table,
                as_json=as_json,
            )
        failed = [each for each in outcomes if not each.passed]
        for each in failed:
            typer.echo(f"Gate fails: {each.name}: {each.reason}.", err=True)
        if failed:
            raise typer.Exit(1)
