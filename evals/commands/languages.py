"""`knowdesk eval languages`: one knowledge base with the same pages in several languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from evals.commands.common import AsJson, Limit, Seed, progress_bar, reported_errors, show
from evals.languages import LanguageReport, load_languages, run_languages
from evals.subject import System

__all__ = ["register"]

Data = Annotated[list[Path], typer.Option("--data", help="BEIR folder named NAME.LANGUAGE; once for each language.")]
Cache = Annotated[Path | None, typer.Option("--cache", help="Folder that keeps indexes for other runs.")]
Details = Annotated[Path | None, typer.Option("--details", help="Write every query's ranks to this file.")]


def register(app: typer.Typer, open_system: Callable[[], System]) -> None:
    """Add the command."""

    @app.command()
    def languages(
        *,
        data: Data,
        limit: Limit = None,
        seed: Seed = 13,
        cache: Cache = None,
        details: Details = None,
        as_json: AsJson = False,
    ) -> None:
        """Index the same pages in several languages, and measure whether a question gets its own language's page."""
        with reported_errors():
            chosen = load_languages(data, limit=limit, seed=seed)
            report = run_languages(open_system(), chosen, cache=cache, track=progress_bar)
            if details:
                details.write_text(json.dumps(report.details(), ensure_ascii=False, indent=1), encoding="utf-8")
            show(report.as_json(), _table(report), as_json=as_json)
        if report.failures:
            raise typer.Exit(1)


def _table(report: LanguageReport) -> Table:
    table = Table(
        "metric", "all", *report.languages, title=f"{report.summary.dataset} · {report.summary.queries} queries"
    )
    for name, value in report.summary.metrics.items():
        table.add_row(name, f"{value:.3f}", *(f"{row[name]:.3f}" for row in report.languages.values()))
    return table
