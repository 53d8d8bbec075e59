"""`knowdesk eval dialogues`: follow-ups, hand-overs and questions back on the sample knowledge base."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from evals.commands.common import AsJson, Seed, progress_bar, reported_errors, show
from evals.datasets.actions import load_actions
from evals.datasets.golden import SAMPLE_FOLDER, load_golden
from evals.dialogues import DialogueReport, Dialogues, Half, half_of, run_dialogues
from evals.subject import System

__all__ = ["register", "sample_dialogues"]

Which = Annotated[Half, typer.Option("--half", help="The half to tune on, the half to report, or all.")]
Details = Annotated[Path | None, typer.Option("--details", help="Write every dialogue's outcome to this file.")]


def register(app: typer.Typer, open_system: Callable[[], System]) -> None:
    """Add the command."""

    @app.command()
    def dialogues(
        *, half: Which = Half.REPORTED, seed: Seed = 13, details: Details = None, as_json: AsJson = False
    ) -> None:
        """Measure standalone rewriting and the fields of hand-overs and questions back."""
        with reported_errors():
            chosen = sample_dialogues(half, seed=seed)
            knowledge = SAMPLE_FOLDER / "knowledge"
            report = run_dialogues(open_system(), chosen, knowledge=knowledge, half=half, track=progress_bar)
            if details:
                details.write_text(json.dumps(report.details(), ensure_ascii=False, indent=1), encoding="utf-8")
            show(report.as_json(), _table(report), as_json=as_json)
            for action in report.actions:
                if action.wrong and not as_json:
                    typer.echo(f"{action.id}: {', '.join(action.wrong)}", err=True)
        if report.failures:
            raise typer.Exit(1)


def sample_dialogues(half: Half, *, seed: int) -> Dialogues:
    """Return the sample's dialogues: questions with a history and a standalone form, and messages that call for action.

    The former are halved at random. The latter lie in two folders: the reported ones were written after the rules.
    """
    golden = SAMPLE_FOLDER / "golden"
    questions = (*load_golden(golden), *load_golden(golden / "dialogues"))
    follow_ups = tuple(each for each in questions if each.history and each.standalone)
    parts = (Half.DEVELOPMENT, Half.REPORTED) if half is Half.ALL else (half,)
    actions = tuple(row for part in parts for row in load_actions(golden / "actions" / part))
    return Dialogues(half_of(follow_ups, half, seed=seed), actions)


def _table(report: DialogueReport) -> Table:
    summary = report.summary
    table = Table("metric", "all", *report.languages, title=f"{summary.split} · {summary.queries} dialogues")
    for name, value in summary.metrics.items():
        row = (report.languages[tag].get(name) for tag in report.languages)
        table.add_row(name, f"{value:.3f}", *("" if each is None else f"{each:.3f}" for each in row))
    return table
